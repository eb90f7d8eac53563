# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The icon of an installed application on Linux (Icon Theme Specification 0.13, the theme hicolor).

Applications lay their own icons into hicolor, which every other theme falls back to; whatever else a theme
draws in their place is of no help to somebody who looks for an application by its maker's mark.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from connection_client.domain.installed import LaunchTarget
from connection_client.system.desktop_entry import read_desktop_entry

_SUFFIXES = (".png", ".svg", ".xpm")
# The first that is there: drawings for large sizes look right at 32 to 96 pixels, those for 16 do not.
_FOLDERS = tuple(f"icons/hicolor/{size}x{size}/apps" for size in (96, 128, 64, 256, 512, 48, 72, 32))
_PLACES = ("icons/hicolor/scalable/apps", *_FOLDERS, "pixmaps")
_FLATPAK = ("/var/lib/flatpak/exports/share",)


def icon_file(target: LaunchTarget, folders: Sequence[Path], home: Path | None = None) -> Path | None:
    """The picture of the application in one of the data `folders`; None where it has none."""
    name, own = _named(target, home or Path.home())
    if name.startswith("/"):
        path = Path(name)
        return path if path.suffix in _SUFFIXES and path.is_file() else None
    if not name or "/" in name:
        return None
    return next((path for path in _candidates(name, (*own, *folders)) if path.is_file()), None)


def _named(target: LaunchTarget, home: Path) -> tuple[str, tuple[Path, ...]]:
    """The name of the icon, and the folders where it lies before it lies anywhere else."""
    if target.desktop_entry is not None:
        entry = read_desktop_entry(target.desktop_entry)
        name = entry.values.get("Icon", "") if entry is not None else ""
        return name, (target.desktop_entry.parent.parent,)
    if target.command[1:2] == ("run",):  # of flatpak: the exports are named after the application
        return target.command[-1], (home / ".local/share/flatpak/exports/share", *map(Path, _FLATPAK))
    return "", ()


def _candidates(name: str, folders: Sequence[Path]) -> Iterator[Path]:
    given = next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), "")
    for folder in dict.fromkeys(folders):
        for place in _PLACES:
            for suffix in (given,) if given else _SUFFIXES:
                yield folder / place / f"{name.removesuffix(given)}{suffix}"

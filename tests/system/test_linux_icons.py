# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An installed application is shown with the icon that it laid down itself."""

from pathlib import Path

import pytest

from connection_client.domain.installed import LaunchTarget
from connection_client.system.linux_icons import icon_file
from tests.world.icon_files import png, svg

ENTRY = "[Desktop Entry]\nType=Application\nName=Viewer\nExec=viewer %f\nIcon={}\n"


def laid_down(folder: Path, *names: str) -> list[Path]:
    """Pictures below a data folder."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(svg("red") if name.endswith(".svg") else png(8, 8, 255, 0, 0))
    return [folder / name for name in names]


def started(folder: Path, icon: str) -> LaunchTarget:
    """An application whose entry names that icon."""
    entry = folder / "applications/viewer.desktop"
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(ENTRY.format(icon))
    return LaunchTarget(("viewer",), entry)


def test_a_drawing_is_better_than_a_picture_and_a_large_one_than_a_small_one(tmp_path: Path) -> None:
    small, large, drawing = laid_down(
        tmp_path,
        "icons/hicolor/32x32/apps/viewer.png",
        "icons/hicolor/128x128/apps/viewer.png",
        "icons/hicolor/scalable/apps/viewer.svg",
    )
    target = started(tmp_path, "viewer")
    for path in (drawing, large, small):
        assert icon_file(target, ()) == path
        path.unlink()
    assert icon_file(target, ()) is None


def test_the_application_s_own_folder_comes_before_the_others(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    (elsewhere,) = laid_down(other, "icons/hicolor/scalable/apps/viewer.svg")
    target = started(own, "viewer")
    assert icon_file(target, (other,)) == elsewhere
    (here,) = laid_down(own, "pixmaps/viewer.xpm")
    assert icon_file(target, (other,)) == here


def test_an_entry_may_name_a_file_and_nothing_else(tmp_path: Path) -> None:
    (picture,) = laid_down(tmp_path, "opt/viewer.png")
    assert icon_file(started(tmp_path, str(picture)), ()) == picture
    secret = tmp_path / "opt/secret.key"
    secret.write_text("secret")
    for icon in (str(secret), str(tmp_path / "nothing.png"), "../opt/viewer", "", "/etc/passwd"):
        assert icon_file(started(tmp_path, icon), (tmp_path,)) is None


def test_a_name_may_have_its_ending(tmp_path: Path) -> None:
    (picture,) = laid_down(tmp_path, "pixmaps/viewer.png")
    assert icon_file(started(tmp_path, "viewer.png"), ()) == picture


def test_an_application_of_flatpak_has_the_icon_of_its_exports(tmp_path: Path) -> None:
    (picture,) = laid_down(
        tmp_path, ".local/share/flatpak/exports/share/icons/hicolor/scalable/apps/example.Viewer.svg"
    )
    target = LaunchTarget(("/usr/bin/flatpak", "run", "--user", "example.Viewer"))
    assert icon_file(target, (), tmp_path) == picture


@pytest.mark.parametrize("command", [("/usr/bin/viewer",), ("viewer", "--run")])
def test_a_bare_program_has_none(tmp_path: Path, command: tuple[str, ...]) -> None:
    assert icon_file(LaunchTarget(command), (tmp_path,), tmp_path) is None

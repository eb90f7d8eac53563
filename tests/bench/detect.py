# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Detection: 1,000 installed packages in at most 50 ms, 10,000 in at most ten times that.

The same holds for desktop entries, and for what this machine really has.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from connection_client.domain.catalogue import Catalogue
from connection_client.products.inventory import Inventory
from connection_client.system.desktop_detection import DesktopEntryDetector, data_folders
from connection_client.system.dpkg_database import DpkgDatabase
from connection_client.system.linux_detection import DpkgDetector
from tests.bench.figures import Figure, Row, Unmeasured
from tests.world.catalogues import catalogue, product_json

_BAR_MS = 50.0  # for 1,000 packages
_SHARE = 50  # one package in so many belongs to the catalogue
_ROUNDS = 5
# As long as Debian's own stanzas are on average, and a list of files of usual length.
_STANZA = (
    "Package: package-{number}-ses\nStatus: install ok installed\nPriority: optional\nSection: misc\n"
    "Installed-Size: 1234\nMaintainer: Example Systems <packages@example.com>\nArchitecture: amd64\n"
    "Version: 10.{number}.0.12\nDepends: libc6 (>= 2.34), libx11-6, libxft2, python3 (>= 3.11), tk8.6\n"
    "Description: an application\n" + " Text that says what it does and for whom it is made.\n" * 10 + "\n"
)
_APPIMAGE = (
    "[Desktop Entry]\nType=Application\nName=Program {number}\nComment=an application\n"
    "Exec={program} %F\nX-AppImage-Version=10.{number}.0.12\n"
)
_LEAST = 1_000  # fewer have as much time as these
_ENTRY = "[Desktop Entry]\nType=Application\nName=Package {number}\nExec=/usr/bin/package-{number}-ses %F\n"


def measure() -> list[Row]:
    """The best of five scans each, with the files in the system's cache."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for count in (1_000, 10_000):
            root = Path(folder) / str(count)
            known = _fill(root, count)
            rows.append(_figure(f"detect {count:,} packages", _packages_below(root), known, count))
            rows.append(_figure(f"detect {count:,} entries", *_entries_below(root, count), count))
    return [*rows, *_of_this_machine()]


def _packages_below(root: Path) -> Inventory:
    return Inventory([DpkgDetector(DpkgDatabase(root))])


def _entries_below(root: Path, count: int) -> tuple[Inventory, Catalogue]:
    """Applications without a package: so many entries in a folder, of which each fiftieth is wanted."""
    data = root / "data"
    entries, programs = data / "applications", root / "programs"
    for made in (entries, programs):
        made.mkdir(parents=True)
    for number in range(count):
        (programs / f"program-{number}").touch()
        (entries / f"program-{number}.desktop").write_text(
            _APPIMAGE.format(number=number, program=programs / f"program-{number}")
        )
    wanted = [f"program-{number}.desktop" for number in range(0, count, _SHARE)]
    return Inventory([DesktopEntryDetector([data])]), _known("desktop-entry", wanted)


def _of_this_machine() -> Iterator[Row]:
    """What is really installed here: each fiftieth package is asked for, and every entry."""
    database, folders = DpkgDatabase(), data_folders()
    try:
        packages = [package.name for package in database.installed(_Everything())]
    except OSError:
        packages = []
    entries = sorted(
        {path.name for folder in folders for path in (folder / "applications").glob("*.desktop")}
    )
    for kind, names, detector in (
        ("dpkg", packages, DpkgDetector(database)),
        ("desktop-entry", entries, DesktopEntryDetector(folders)),
    ):
        name = f"detect this machine's {len(names):,} {'packages' if kind == 'dpkg' else 'entries'}"
        if not names:
            yield Unmeasured(name, "there are none here")
            continue
        known = _known(kind, names[::_SHARE] if kind == "dpkg" else names)
        yield _figure(name, Inventory([detector]), known, max(len(names), _LEAST), None)


class _Everything:
    """Holds every name."""

    def __contains__(self, _name: object) -> bool:
        return True


def _known(kind: str, values: Sequence[str]) -> Catalogue:
    rules = ({"detect": [{"type": kind, "value": value}]} for value in values)
    return catalogue(*[product_json(f"product-{number}", **rule) for number, rule in enumerate(rules)])


def _figure(
    name: str, inventory: Inventory, known: Catalogue, count: int, share: int | None = _SHARE
) -> Figure:
    """The bar grows with `count`; of generated ones each `share`-th has to be found, with its start."""
    expected = None if share is None else count // share
    best = min(_scan(inventory, known, expected) for _ in range(_ROUNDS))
    return Figure(name, best, _BAR_MS * count / 1_000, "ms", "what is asked for", 1.0)


def _fill(root: Path, count: int) -> Catalogue:
    info, applications = root / "var/lib/dpkg/info", root / "usr/share/applications"
    for made in (info, applications):
        made.mkdir(parents=True)
    (info.parent / "status").write_text("".join(_STANZA.format(number=number) for number in range(count)))
    wanted = range(0, count, _SHARE)
    for number in wanted:
        files = [f"/usr/share/package-{number}/file-{place}" for place in range(200)]
        entry = f"/usr/share/applications/package-{number}.desktop"
        (info / f"package-{number}-ses.list").write_text("\n".join([*files, entry]))
        (root / entry.lstrip("/")).write_text(_ENTRY.format(number=number))
    return catalogue(*[product_json(f"package-{number}") for number in wanted])


def _scan(inventory: Inventory, known: Catalogue, expected: int | None) -> float:
    started = time.perf_counter()
    found = inventory.scan(known)
    taken = (time.perf_counter() - started) * 1_000
    assert found
    if expected is not None:
        assert len(found) == expected
        assert all(one.launch is not None for one in found)
    return taken

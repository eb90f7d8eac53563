# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Detection: 1,000 installed packages in at most 50 ms, 10,000 in at most ten times that."""

import tempfile
import time
from pathlib import Path

from connection_client.domain.catalogue import Catalogue
from connection_client.products.inventory import Inventory
from connection_client.system.dpkg_database import DpkgDatabase
from connection_client.system.linux_detection import DpkgDetector
from tests.bench.figures import Figure
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
_ENTRY = "[Desktop Entry]\nType=Application\nName=Package {number}\nExec=/usr/bin/package-{number}-ses %F\n"


def measure() -> list[Figure]:
    """The best of five scans each, with the files in the system's cache."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for count in (1_000, 10_000):
            root = Path(folder) / str(count)
            known = _fill(root, count)
            inventory = Inventory([DpkgDetector(DpkgDatabase(root))])
            best = min(_scan(inventory, known, count // _SHARE) for _ in range(_ROUNDS))
            bar = _BAR_MS * count / 1_000
            figures.append(Figure(f"detect {count:,} packages", best, bar, "ms", "what is asked for", 1.0))
    return figures


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


def _scan(inventory: Inventory, known: Catalogue, expected: int) -> float:
    started = time.perf_counter()
    found = inventory.scan(known)
    taken = (time.perf_counter() - started) * 1_000
    assert len(found) == expected
    assert all(one.launch is not None for one in found)
    return taken

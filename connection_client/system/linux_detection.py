# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is installed on a Linux computer: Debian's package database, with desktop entries for the start."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from connection_client import version as own_version
from connection_client.domain.catalogue import Product
from connection_client.domain.installed import Evidence, LaunchTarget
from connection_client.products.detector import Finding
from connection_client.system.desktop_entry import DesktopEntry, read_desktop_entry
from connection_client.system.dpkg_database import DpkgDatabase, DpkgPackage

_APPLICATIONS = "/usr/share/applications/"
_PROGRAMS = ("/usr/bin", "/usr/games", "/usr/local/bin")
_OWN_VERSION = re.compile(r'^VERSION(?:: [^=]+)? = "([^"]+)"$', re.MULTILINE)


def rules_of(products: Sequence[Product], kind: str) -> dict[str, tuple[Product, int]]:
    """Which product and which place of its rules stands behind each value of one kind of rule."""
    return {
        rule.value: (product, place)
        for product in products
        for place, rule in enumerate(product.detect)
        if rule.kind == kind and rule.value
    }


class DpkgDetector:
    """Implements `products.detector.Detector` with the rules of type `dpkg`."""

    def __init__(self, database: DpkgDatabase) -> None:
        self._database = database

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """Every wanted package that is fully installed."""
        wanted = rules_of(products, "dpkg")
        try:
            packages = list(self._database.installed(wanted)) if wanted else []
        except OSError:
            return ()
        return tuple(self._finding(package, *wanted[package.name]) for package in packages)

    def _finding(self, package: DpkgPackage, product: Product, place: int) -> Finding:
        return Finding(
            product_id=product.id,
            strength=place,
            version_text=package.upstream_version,
            evidence=Evidence("dpkg", f"{package.name}:{package.architecture}", package.version),
            launch=self._launch(package),
        )

    def _launch(self, package: DpkgPackage) -> LaunchTarget | None:
        files = self._database.files_of(package)
        entries = [entry for entry in self._entries(files) if entry is not None]
        shown = sorted(entries, key=lambda entry: (not entry.is_shown, package.name != entry.path.stem))
        if shown:
            return shown[0].target()
        named = [f"{folder}/{package.name}" for folder in _PROGRAMS]
        program = next((name for name in files if name in named), None)
        return LaunchTarget((program,)) if program is not None else None

    def _entries(self, files: Sequence[str]) -> Iterator[DesktopEntry | None]:
        for name in files:
            # Some packages have thousands of files; text is compared quicker than paths.
            if name.startswith(_APPLICATIONS) and name.endswith(".desktop"):
                yield read_desktop_entry(self._database.root / name.lstrip("/"), Path(name))


class OwnDetector:
    """Implements `Detector` with the rules of type `self`: this client, as it lies on the disk.

    The running program may be older than that: an update replaces the files below it.
    """

    def __init__(self, name: str = "connection-client", source: Path = Path(own_version.__file__)) -> None:
        self._name = name
        self._source = source

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """The client itself."""
        wanted = rules_of(products, "self").get(self._name)
        if wanted is None:
            return ()
        product, place = wanted
        text = self._version_on_disk()
        evidence = Evidence("self", str(self._source.parent), text)
        return (Finding(product.id, place, text, evidence),)

    def _version_on_disk(self) -> str:
        try:
            match = _OWN_VERSION.search(self._source.read_text())
        except (OSError, UnicodeError):
            match = None
        return match[1] if match else own_version.VERSION

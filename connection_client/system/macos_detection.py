# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is installed on a Mac: the applications that lie there, and the receipts of Apple's installer.

Applications are looked up by their folders and not by Spotlight, which may be switched off and knows copies
on backup disks. A receipt says that an installer once ran, and outlives what it installed: it counts while
one of its files is still there. Receipts are read as files, which costs no process; where they may not be
read, `pkgutil` is asked, which Apple documents for it (pkgutil(1)).
"""

import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from connection_client.domain.catalogue import Product
from connection_client.domain.installed import Evidence, LaunchTarget
from connection_client.domain.property_list import dictionary_in
from connection_client.products.detector import Finding
from connection_client.system.linux_detection import OwnDetector, rules_of
from connection_client.system.macos_bundles import (
    bundle_around,
    bundles_in,
    read_bundle,
    read_property_list,
    text_of,
)
from connection_client.system.macos_tools import SYSTEM_PATH
from connection_client.system.program_output import lines_of

RECEIPTS = "var/db/receipts"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


class BundleDetector:
    """Implements `products.detector.Detector` with the rules of type `macos-bundle`."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """Every wanted application; several versions are findings of their own."""
        # CFBundleIdentifier does not tell capitals from small letters.
        wanted = {name.casefold(): at for name, at in rules_of(products, "macos-bundle").items()}
        found = bundles_in(self._folders, wanted) if wanted else ()
        return tuple(
            Finding(
                product_id=wanted[name][0].id,
                strength=wanted[name][1],
                version_text=bundle.version,
                evidence=Evidence("bundle", str(bundle.path), bundle.told),
                launch=bundle.launch,
            )
            for bundle in found
            if (name := bundle.identifier.casefold()) in wanted
        )


class OwnBundleDetector:
    """Implements `Detector` with the rules of type `self`: this client, as its bundle on the disk says.

    The running program may be older than that: an update replaces the bundle below it.
    """

    def __init__(self, program: str = sys.executable, name: str = "connection-client") -> None:
        self._bundle = bundle_around(program)
        self._name = name

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """The client itself; by its own files where it runs out of no bundle."""
        wanted = rules_of(products, "self").get(self._name)
        bundle = read_bundle(self._bundle) if wanted is not None and self._bundle is not None else None
        if wanted is None or bundle is None or not bundle.version:
            return OwnDetector(self._name).find(products)
        evidence = Evidence("self", str(bundle.path), bundle.told)
        return (Finding(wanted[0].id, wanted[1], bundle.version, evidence),)


@dataclass(frozen=True)
class _Receipt:
    identifier: str
    version: str
    prefix: str


class ReceiptDetector:
    """Implements `Detector` with the rules of type `macos-receipt`; `root` is / but for tests."""

    def __init__(self, root: Path = Path("/"), path: str = SYSTEM_PATH) -> None:
        self._root = root
        self._pkgutil = shutil.which("pkgutil", path=path) or "pkgutil"

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """Every wanted package of which something is still there."""
        return tuple(self._findings(rules_of(products, "macos-receipt")))

    def _findings(self, wanted: Mapping[str, tuple[Product, int]]) -> Iterator[Finding]:
        for name, (product, place) in wanted.items():
            receipt = self._receipt(name) if _ID.fullmatch(name) else None
            if receipt is None:
                continue
            files = self._files(receipt)
            if not files or any(file.exists() and not file.is_dir() for file in files):
                evidence = Evidence("receipt", receipt.identifier, receipt.version)
                yield Finding(product.id, place, receipt.version, evidence, _launch(files))

    def _receipt(self, name: str) -> _Receipt | None:
        try:
            values = read_property_list(self._root / RECEIPTS / f"{name}.plist")
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            return self._asked(name)
        return _receipt_of(name, values, "PackageVersion", "InstallPrefixPath")

    def _asked(self, name: str) -> _Receipt | None:
        try:
            values = dictionary_in("\n".join(self._told("--pkg-info-plist", name)).encode())
        except ValueError:
            return None
        return _receipt_of(name, values, "pkg-version", "install-location")

    def _files(self, receipt: _Receipt) -> tuple[Path, ...]:
        base = self._root / receipt.prefix.lstrip("/")
        lines = self._told("--files", receipt.identifier)
        return tuple(base / line for line in lines if line and ".." not in line.split("/"))

    def _told(self, question: str, name: str) -> tuple[str, ...]:
        return lines_of([self._pkgutil, "--volume", str(self._root), question, name])


def _receipt_of(name: str, values: Mapping[str, object], version: str, prefix: str) -> _Receipt:
    return _Receipt(name, text_of(values, version), text_of(values, prefix))


def _launch(files: Sequence[Path]) -> LaunchTarget | None:
    """How the first application of a package is started."""
    paths = (file for file in files if file.suffix.lower() == ".app")
    bundles = (read_bundle(path) for path in paths if path.is_dir())
    return next((bundle.launch for bundle in bundles if bundle is not None and bundle.launch), None)

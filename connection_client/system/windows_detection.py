# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is installed on a Windows computer: Uninstall keys, Windows Installer, MSIX, and versions of files.

The registry is read once for a scan, whatever the number of products; rules then look things up in it.
"""

import ntpath
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from connection_client.domain.catalogue import DetectRule, Product
from connection_client.domain.installed import Evidence, LaunchTarget
from connection_client.products.detector import Finding
from connection_client.system import msix_packages
from connection_client.system.msi_registry import packed, products_of_upgrade_code, version_of_product
from connection_client.system.msix_packages import MsixPackage
from connection_client.system.windows_file_version import file_version
from connection_client.system.windows_registry import UninstallEntry, uninstall_entries
from connection_client.system.windows_start_menu import StartMenu, app_paths_of

_VARIABLE = re.compile(r"%([A-Za-z0-9_()]+)%")
# A catalogue may look below these; everything else of the environment is none of its business.
_PLACES = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "ProgramData", "LocalAppData", "SystemRoot")


@dataclass(frozen=True)
class _Match:
    version: str
    evidence: Evidence
    entry: UninstallEntry | None = None
    launch: LaunchTarget | None = None


class RegistryDetector:
    """Implements `products.detector.Detector` with every kind of rule that Windows has."""

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """Everything that the registry and the files know of `products`."""
        scan = _Scan(tuple(uninstall_entries()), StartMenu(), msix_packages.packages_by_family())
        return tuple(scan.find(products))


class _Scan:
    """One look at the computer."""

    def __init__(
        self,
        entries: Sequence[UninstallEntry],
        menu: StartMenu,
        packages: Mapping[str, Sequence[MsixPackage]],
    ) -> None:
        self._entries = entries
        self._menu = menu
        self._packages = packages
        self._by_key: dict[str, list[UninstallEntry]] = {}
        self._by_publisher: dict[str, list[UninstallEntry]] = {}
        for entry in entries:
            self._by_key.setdefault(entry.key.casefold(), []).append(entry)
            self._by_publisher.setdefault(entry.publisher.casefold(), []).append(entry)
        self._rules: dict[str, Callable[[DetectRule], Iterator[_Match]]] = {
            "msi-upgrade-code": self._by_upgrade_code,
            "msi-product-code": self._by_product_code,
            "arp-key": self._by_arp_key,
            "arp-name": self._by_name,
            "msix-family": self._by_family,
            "file-version": _by_file,
            "app-path": _by_app_path,
        }

    def find(self, products: Sequence[Product]) -> Iterator[Finding]:
        for product in products:
            for place, rule in enumerate(product.detect):
                look = self._rules.get(rule.kind)
                for match in look(rule) if look is not None else ():
                    yield Finding(product.id, place, match.version, match.evidence, self._launch(match))

    def _launch(self, match: _Match) -> LaunchTarget | None:
        if match.entry is not None:
            return self._menu.launch_of(match.entry)
        return match.launch

    def _by_upgrade_code(self, rule: DetectRule) -> Iterator[_Match]:
        for branch, product in products_of_upgrade_code(rule.value):
            entries = self._by_key.get(product.casefold(), [])
            version = version_of_product(branch, product)
            where = rf"{branch}\Installer\UpgradeCodes\{rule.value}\{product}"
            if entries:
                text = entries[0].version or version
                yield _Match(text, Evidence("msi", where, text), entries[0])
            elif version:
                yield _Match(version, Evidence("msi", where, version))

    def _by_product_code(self, rule: DetectRule) -> Iterator[_Match]:
        if packed(rule.value) is not None:
            key = f"{{{rule.value.strip().strip('{}')}}}"
            yield from map(_from_entry, self._by_key.get(key.casefold(), ()))

    def _by_arp_key(self, rule: DetectRule) -> Iterator[_Match]:
        yield from map(_from_entry, self._by_key.get(rule.value.casefold(), ()))

    def _by_name(self, rule: DetectRule) -> Iterator[_Match]:
        try:
            name, exclude = re.compile(rule.name), re.compile(rule.exclude or r"(?!)")
        except re.error:
            return  # a rule that cannot be read loses only itself
        candidates = (
            self._by_publisher.get(rule.publisher.casefold(), ()) if rule.publisher else self._entries
        )
        for entry in candidates:
            if not entry.hidden and name.fullmatch(entry.name) and not exclude.search(entry.name):
                yield _from_entry(entry)

    def _by_family(self, rule: DetectRule) -> Iterator[_Match]:
        for package in self._packages.get(rule.value.casefold(), ()):
            evidence = Evidence("msix", package.where, package.version)
            yield _Match(package.version, evidence, launch=msix_packages.launch_of(package))


def _from_entry(entry: UninstallEntry) -> _Match:
    return _Match(entry.version, Evidence("registry", entry.where, entry.version), entry)


def _by_file(rule: DetectRule) -> Iterator[_Match]:
    path = expanded(rule.path)
    version = file_version(Path(path)) if path else ""
    if version:
        yield _Match(version, Evidence("file", path, version), launch=LaunchTarget((path,)))


def _by_app_path(rule: DetectRule) -> Iterator[_Match]:
    """The program that Windows starts by that name; its version is the file's own."""
    for program in app_paths_of(rule.value):
        path = expanded(program)
        version = file_version(Path(path)) if path else ""
        if version:
            yield _Match(version, Evidence("app-path", path, version), launch=LaunchTarget((path,)))


def expanded(path: str) -> str:
    """A catalogue's path with the folders of this computer; empty where it leads anywhere else."""
    known = {name.casefold(): os.environ.get(name, "") for name in _PLACES}
    names = _VARIABLE.findall(path)
    if any(not known.get(name.casefold()) for name in names):
        return ""
    full = ntpath.normpath(_VARIABLE.sub(lambda match: known[match[1].casefold()], path))
    drive = ntpath.splitdrive(full)[0]
    on_this_computer = len(drive) == 2 and drive[1] == ":"  # noqa: PLR2004  # a letter and a colon, no server
    return full if on_this_computer and ntpath.isabs(full) else ""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
r"""Which MSIX packages the person has, as Windows' package repository lists them, and how each is started.

A key below `AppModel\Repository\Packages` is named by a package's full name, `Name_Version_Architecture_
Resource_PublisherId`; Name and PublisherId make the family, which stays the same over all versions.
Source: learn.microsoft.com/windows/apps/desktop/modernize/package-identity-overview.
"""

import ntpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as ET

from connection_client.domain.installed import LaunchTarget
from connection_client.system.plain_xml import plain_xml
from connection_client.system.windows_folders import KnownFolder, known_folder
from connection_client.system.windows_registry import Branch, subkeys, values_of

REPOSITORY = (
    r"Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
)
PERSON = Branch("HKCU", 64)
APPLICATIONS = "shell:AppsFolder\\"
"""What stands before the identity of an application for Explorer, which alone can start it."""

# Parts of a package by language or size of icons are not the package, and neither is a bundle (`~`).
_FULL_NAME = re.compile(
    r"([A-Za-z0-9.-]{3,50})_([0-9]+(?:\.[0-9]+){3})_[A-Za-z0-9]+_(?!split\.|~)[A-Za-z0-9.-]*_([a-z0-9]{13})"
)
_APPLICATION_ID = re.compile(r"[A-Za-z][A-Za-z0-9.]{0,63}")
_HIDDEN = "none"


@dataclass(frozen=True)
class MsixPackage:
    """A package that is registered for the person; `folder` is empty where the registry does not say it."""

    full_name: str
    family: str
    version: str
    folder: str = ""

    @property
    def where(self) -> str:
        """The place of its files, or of its entry where that names none."""
        return self.folder or rf"{PERSON}\{REPOSITORY}\{self.full_name}"


def package_named(full_name: str) -> MsixPackage | None:
    """What a full name says; None where it is none of an application."""
    read = _FULL_NAME.fullmatch(full_name)
    return MsixPackage(full_name, f"{read[1]}_{read[3]}", read[2]) if read else None


def packages_by_family() -> dict[str, list[MsixPackage]]:
    """The person's packages by their families in small letters; none before Windows 8."""
    found: dict[str, list[MsixPackage]] = {}
    for package in _registered():
        found.setdefault(package.family.casefold(), []).append(package)
    return found


def _registered() -> Iterator[MsixPackage]:
    for name in subkeys(PERSON, REPOSITORY):
        package = package_named(name)
        if package is not None:
            folder = values_of(PERSON, rf"{REPOSITORY}\{name}").get("packagerootfolder")
            text = folder.strip() if isinstance(folder, str) else ""
            yield replace(package, folder=text if ntpath.isabs(text) else "")


def launch_of(package: MsixPackage) -> LaunchTarget | None:
    """Explorer and the application's identity; None where the package has no application to start."""
    windows = known_folder(KnownFolder.WINDOWS)
    manifest = plain_xml(Path(package.folder) / "AppxManifest.xml") if package.folder else None
    name = application_in(manifest) if manifest is not None else ""
    if windows is None or not name:
        return None
    return LaunchTarget((str(windows / "explorer.exe"), f"{APPLICATIONS}{package.family}!{name}"))


def application_in(manifest: ET.Element) -> str:
    """The id of the first application that Windows lists in its menu, or of the first one."""
    applications = [
        (one.get("Id", ""), _is_listed(one))
        for one in manifest.findall("{*}Applications/{*}Application")
        if _APPLICATION_ID.fullmatch(one.get("Id", ""))
    ]
    listed = [name for name, is_listed in applications if is_listed]
    return next(iter([*listed, *(name for name, _ in applications)]), "")


def _is_listed(application: ET.Element) -> bool:
    return all(one.get("AppListEntry") != _HIDDEN for one in application.findall("{*}VisualElements"))


def is_packaged(target: LaunchTarget) -> bool:
    """Whether Explorer starts it, by its identity in a package."""
    return any(word.startswith(APPLICATIONS) for word in target.command[1:2])

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications that no package database knows: by their AppStream files and by their desktop entries."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from connection_client.domain.catalogue import Product
from connection_client.domain.installed import Evidence, LaunchTarget
from connection_client.products.detector import Finding
from connection_client.system.desktop_entry import read_desktop_entry
from connection_client.system.linux_detection import rules_of
from connection_client.system.plain_xml import plain_xml

_VERSION_KEYS = ("X-AppImage-Version", "X-Application-Version")


def data_folders(environment: Mapping[str, str] = os.environ, home: Path | None = None) -> tuple[Path, ...]:
    """Where applications lay down what describes them (XDG Base Directory), the person's first."""
    own = environment.get("XDG_DATA_HOME", "")
    everybody = environment.get("XDG_DATA_DIRS", "") or "/usr/local/share:/usr/share"
    folders = [Path(own) if own.startswith("/") else (home or Path.home()) / ".local/share"]
    return (*folders, *(Path(folder) for folder in everybody.split(":") if folder.startswith("/")))


class AppStreamDetector:
    """Implements `Detector` with the rules of type `appstream`: the id of a component (AppStream 1.0)."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """Every wanted component, with the version that its file names as the newest."""
        wanted = rules_of(products, "appstream")
        return tuple(self._findings(wanted)) if wanted else ()

    def _findings(self, wanted: Mapping[str, tuple[Product, int]]) -> Iterator[Finding]:
        for folder in self._folders:
            for path in _files(folder / "metainfo", (".metainfo.xml", ".appdata.xml")):
                component = _component(path)
                name = (component.findtext("id") or "").strip() if component is not None else ""
                if component is None or name not in wanted:
                    continue
                product, place = wanted[name]
                version = _newest_release(component)
                evidence = Evidence("appstream", str(path), version)
                yield Finding(product.id, place, version, evidence, _launch(folder, component))


class DesktopEntryDetector:
    """Implements `Detector` with the rules of type `desktop-entry`: the name of a file, say `x.desktop`."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """The first entry of each wanted name, as menus choose it; its version where it tells one."""
        for name, (product, place) in rules_of(products, "desktop-entry").items():
            if "/" in name or not name.endswith(".desktop"):
                continue
            paths = (folder / "applications" / name for folder in self._folders)
            entry = next((found for path in paths if (found := read_desktop_entry(path))), None)
            if entry is not None and _is_there(entry.command[0]):
                version = next((entry.values[key] for key in _VERSION_KEYS if entry.values.get(key)), "")
                evidence = Evidence("desktop-entry", str(entry.path), version)
                yield Finding(product.id, place, version, evidence, entry.target())


def _is_there(program: str) -> bool:
    """An entry that outlived its program describes nothing."""
    return not program.startswith("/") or Path(program).is_file()


def _files(folder: Path, endings: tuple[str, ...]) -> Sequence[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(endings))
    except OSError:
        return ()


def _component(path: Path) -> ET.Element | None:
    root = plain_xml(path)
    return root if root is not None and root.tag == "component" else None


def _newest_release(component: ET.Element) -> str:
    """Files list the newest first (AppStream 1.0, section 2.1.2.8)."""
    release = component.find("releases/release")
    return (release.get("version") or "").strip() if release is not None else ""


def _launch(folder: Path, component: ET.Element) -> LaunchTarget | None:
    for launchable in component.findall("launchable"):
        name = (launchable.text or "").strip()
        if launchable.get("type") == "desktop-id" and name and "/" not in name:
            entry = read_desktop_entry(folder / "applications" / name)
            return entry.target() if entry is not None else None
    return None

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The package for Windows Installer that Group Policy hands out: for everybody, without a question.

Made by wixl (msitools) from the same folder as the setup. Identifiers are derived from names and the version,
so that a newer package finds the older one and two builds of one commit do not differ in them.
"""

import os
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from installers import client, deb, stamp, windows_bundle, windows_setup, windows_signing
from installers.errors import BuildError

_SCHEMA = "http://schemas.microsoft.com/wix/2006/wi"
_UPGRADE_CODE = uuid.uuid5(uuid.NAMESPACE_DNS, "msi.connection-client.example")
_MAKER = "The CONNECTION Client developers"
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_APP_PATH = r"Software\Microsoft\Windows\CurrentVersion\App Paths\connection-client.exe"
_PROTOCOL = r"Software\Classes\connection-client"
_SETUP_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\connection-client"
_TRAY = f"[INSTALLDIR]{windows_bundle.NAME}.exe"
_RETURN = "Start in the tray"


def build(root: Path, out: Path) -> Path:
    """Build the package into `out`, or return the one that is there and still true; raises BuildError."""
    return of_bundle(root, windows_bundle.build(root), out)


def of_bundle(root: Path, bundle: Path, out: Path) -> Path:
    """Put a packed folder below `root` into a package, signed if the environment asks; raises BuildError."""
    version = client.client_version(root)
    package = out / f"connection-client-{version}-x64.msi"
    inputs = [root / "installers" / "windows_msi.py", bundle]
    current = stamp.fingerprint(root, inputs, version, windows_signing.mark())
    if stamp.is_current(package, current):
        return package
    out.mkdir(parents=True, exist_ok=True)
    make_package(root, bundle, package, version)
    windows_signing.sign(package, windows_bundle.NAME)
    stamp.keep(package, current)
    return package


def make_package(root: Path, bundle: Path, out: Path, version: str) -> None:
    """Describe a packed folder for wixl and run it; raises BuildError."""
    work = root / "build" / "windows" / "work"
    source = work / "client.wxs"
    windows_setup.settle_times(root, bundle)
    ET.ElementTree(describe(bundle, version)).write(source, "utf-8", xml_declaration=True)
    seconds = str(deb.release_time(root / "installers" / "debian" / "changelog"))
    unfinished = out.with_suffix(".part")
    _run(["wixl", "--arch", "x64", "--output", str(unfinished), str(source)], bundle, seconds)
    for statement in _additions():
        _run(["msibuild", str(unfinished), "-q", statement], bundle, seconds)
    unfinished.replace(out)


def describe(bundle: Path, version: str) -> ET.Element:
    """The package in WiX's words."""
    wix = ET.Element("Wix", xmlns=_SCHEMA)
    product = _add_product(wix, version)
    ET.SubElement(product, "MajorUpgrade", DowngradeErrorMessage="A newer version is installed already.")
    ET.SubElement(product, "Media", Id="1", Cabinet="client.cab", EmbedCab="yes")
    _add_conditions(product)
    components = _add_folders(product, bundle)
    feature = ET.SubElement(product, "Feature", Id="Client", Level="1")
    for component in components:
        ET.SubElement(feature, "ComponentRef", Id=component)
    return wix


def _add_product(wix: ET.Element, version: str) -> ET.Element:
    numbers = ".".join(str(part) for part in windows_bundle.four_numbers(version)[:3])
    product = ET.SubElement(
        wix,
        "Product",
        Name=windows_bundle.NAME,
        Id=_identifier(f"product {version}"),
        UpgradeCode=_braced(_UPGRADE_CODE),
        Language="1033",
        Codepage="1252",
        Version=numbers,
        Manufacturer=_MAKER,
    )
    ET.SubElement(
        product,
        "Package",
        Id=_identifier(f"package {version}"),
        InstallerVersion="500",
        Compressed="yes",
        InstallScope="perMachine",
        Manufacturer=_MAKER,
    )
    return product


def _add_conditions(product: ET.Element) -> None:
    # Windows 10 and 11 call themselves 6.3 here.
    newer = ET.SubElement(
        product, "Condition", Message="CONNECTION Client needs Windows 10 or newer, 64 bit."
    )
    newer.text = "Installed OR (VersionNT64 >= 603)"
    found = ET.SubElement(product, "Property", Id="INSTALLEDBYSETUP")
    key = {"Root": "HKLM", "Key": _SETUP_KEY, "Name": "UninstallString", "Type": "raw", "Win64": "yes"}
    ET.SubElement(found, "RegistrySearch", {"Id": "InstalledBySetup"} | key)
    other = ET.SubElement(
        product, "Condition", Message="CONNECTION Client was installed by its setup. Remove it first."
    )
    other.text = "Installed OR NOT INSTALLEDBYSETUP"
    # `msiexec /i … AUTOSTART=0`: do not start with the session.
    ET.SubElement(product, "Property", Id="AUTOSTART", Value="1")


def _add_folders(product: ET.Element, bundle: Path) -> list[str]:
    target = ET.SubElement(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = ET.SubElement(target, "Directory", Id="ProgramFiles64Folder")
    home = ET.SubElement(programs, "Directory", Id="INSTALLDIR", Name=windows_bundle.NAME)
    components = list(_add_files(home, bundle, bundle))
    components += _add_registry(home)
    menu = ET.SubElement(target, "Directory", Id="ProgramMenuFolder")
    shortcut = _component(menu, "StartMenu")
    ET.SubElement(
        shortcut,
        "Shortcut",
        Id="StartMenuShortcut",
        Name=windows_bundle.NAME,
        Target=_TRAY,
        WorkingDirectory="INSTALLDIR",
    )
    _value(shortcut, r"Software\CONNECTION Client", "StartMenu", "1", key_path="yes")
    again = _component(home, "StartAgain")
    words = {"Target": _TRAY, "Arguments": "--hidden --returning", "WorkingDirectory": "INSTALLDIR"}
    ET.SubElement(again, "Shortcut", {"Id": "StartAgainShortcut", "Name": _RETURN} | words)
    _value(again, r"Software\CONNECTION Client", "StartAgain", "1", key_path="yes")
    return [*components, "StartMenu", "StartAgain"]


def _add_files(place: ET.Element, folder: Path, bundle: Path) -> Iterator[str]:
    """Each file a component of its own, as Windows Installer wants it."""
    for path in sorted(folder.iterdir()):
        name = path.relative_to(bundle).as_posix()
        short = uuid.uuid5(_UPGRADE_CODE, name).hex
        if path.is_dir():
            inner = ET.SubElement(place, "Directory", Id=f"d{short}", Name=path.name)
            yield from _add_files(inner, path, bundle)
            continue
        component = _component(place, f"c{short}")
        ET.SubElement(component, "File", Id=f"f{short}", Name=path.name, Source=name, KeyPath="yes")
        yield f"c{short}"


def _add_registry(home: ET.Element) -> list[str]:
    links = _component(home, "Links")
    _value(links, _APP_PATH, "", "[INSTALLDIR]connection-client.exe", key_path="yes")
    _value(links, _PROTOCOL, "", f"URL:{windows_bundle.NAME}")
    _value(links, _PROTOCOL, "URL Protocol", "")
    _value(links, rf"{_PROTOCOL}\DefaultIcon", "", f"{_TRAY},0")
    _value(links, rf"{_PROTOCOL}\shell\open\command", "", f'"{_TRAY}" "%1"')
    start = _component(home, "Autostart")
    _value(start, _RUN, windows_bundle.NAME, f'"{_TRAY}" --hidden --with-session', key_path="yes")
    return ["Links", "Autostart"]


def _component(place: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(place, "Component", Id=name, Guid=_identifier(f"component {name}"), Win64="yes")


def _value(component: ET.Element, key: str, name: str, value: str, key_path: str = "no") -> None:
    facts = {"Root": "HKLM", "Key": key, "Type": "string", "Value": value, "KeyPath": key_path}
    ET.SubElement(component, "RegistryValue", facts | ({"Name": name} if name else {}))


# What wixl has no words for. Type 98 is a program by its path (34) whose failure is passed over (64): it asks
# the client of this person to end, and waits, before Windows Installer looks which files are in use. Where
# files are only replaced, the client notes that it ran, and the last step starts it again if there is such a
# note: Explorer does, with the rights of the person and not with those of this installation. Type 226 is 98
# that nobody waits for (128). A client of the SYSTEM account never ran, so Group Policy's installation, which
# is SYSTEM's, starts none. What waits for a restart of the computer is not started before.
_ACTIONS = (
    ("AskToEnd", 98, "INSTALLDIR", f'"{_TRAY}" --quit', 'REMOVE = "ALL"', 1399),
    ("AskToReturn", 98, "INSTALLDIR", f'"{_TRAY}" --quit --will-return', 'NOT REMOVE = "ALL"', 1399),
    (
        "StartAgain",
        226,
        "INSTALLDIR",
        f'"[WindowsFolder]explorer.exe" "[INSTALLDIR]{_RETURN}.lnk"',
        'NOT REMOVE = "ALL" AND NOT ReplacedInUseFiles',
        6601,  # after InstallFinalize
    ),
)
_AUTOSTART_CONDITION = (
    "UPDATE `Component` SET `Condition` = 'AUTOSTART = \"1\"' WHERE `Component` = 'Autostart'"
)


def _additions() -> Iterator[str]:
    for name, kind, source, target, condition, sequence in _ACTIONS:
        yield (
            "INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) "  # noqa: S608  # our own words
            f"VALUES ('{name}', {kind}, '{source}', '{target}')"
        )
        yield (
            "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) "  # noqa: S608  # as above
            f"VALUES ('{name}', '{condition}', {sequence})"
        )
    yield _AUTOSTART_CONDITION


def _identifier(name: str) -> str:
    return _braced(uuid.uuid5(_UPGRADE_CODE, name))


def _braced(identifier: uuid.UUID) -> str:
    return f"{{{str(identifier).upper()}}}"


def _run(command: list[str], folder: Path, seconds: str) -> None:
    environment = os.environ | {"SOURCE_DATE_EPOCH": seconds}
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise BuildError(
            f"{command[0]} is missing. Install the Debian packages wixl and msitools."
        ) from error
    if done.returncode != 0:
        raise BuildError(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-1500:]}")

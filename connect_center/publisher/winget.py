# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Drafts a catalogue entry from winget manifests (schema 1.x), and says what a person has to add.

The draft is no release yet: a manifest knows neither the size of the file nor what the publisher decides.
Source: https://learn.microsoft.com/windows/package-manager/package/manifest, installer and singleton files.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from connect_center.publisher.catalogue import Document
from connect_center.publisher.errors import ManifestRefused

_TYPES = {
    "exe": "exe",
    "msi": "msi",
    "wix": "msi",
    "burn": "burn",
    "inno": "inno",
    "nullsoft": "nsis",
    "msix": "msix",
    "appx": "msix",
}
_ARCHITECTURES = {"x64": "x64", "x86": "x86", "arm64": "arm64", "neutral": "any"}
_ELEVATION = {"elevationRequired": "required", "elevationProhibited": "prohibited", "elevatesSelf": "self"}
_CODES = {
    "rebootRequiredToFinish": "reboot-required",
    "rebootRequiredForInstall": "reboot-required",
    "rebootInitiated": "reboot-started",
    "cancelledByUser": "cancelled",
    "installInProgress": "busy",
    "packageInUse": "in-use",
    "packageInUseByApplication": "in-use",
    "fileInUse": "in-use",
    "alreadyInstalled": "already-installed",
    "downgrade": "newer-installed",
    "diskFull": "disk-full",
    "blockedByPolicy": "blocked-by-policy",
    "systemNotSupported": "unsupported",
}
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){0,4}")
_GUID = re.compile(r"\{[0-9A-Fa-f-]{36}\}")
_FILENAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.(?:exe|msi|msix)")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Draft:
    """A product as the catalogue has it, as far as it is known; `open_points` are sentences."""

    product: Document
    open_points: tuple[str, ...]


def read_manifests(paths: Sequence[Path], product_id: str = "") -> Draft:
    """The draft of the product that the manifests (of one version) describe together.

    Raises ManifestRefused for what no client could use, naming each reason.
    """
    facts: Document = {}
    for path in paths:
        facts |= _read(path)
    reasons = list(_reasons(facts))
    if reasons:
        raise ManifestRefused(reasons)
    installers = [{**facts, **installer} for installer in facts["Installers"]]
    product = {
        "id": product_id or _NOT_IN_AN_ID.sub("-", facts["PackageIdentifier"].lower()).strip("-"),
        "name": facts.get("PackageName", facts["PackageIdentifier"]),
        "detect": _detection(installers),
        "releases": [
            {
                "version": facts["PackageVersion"],
                **({"notes": _notes(facts)} if _notes(facts) else {}),
                "packages": [_package(installer) for installer in installers],
            }
        ],
    }
    return Draft(product, tuple(_open_points(installers)))


def _read(path: Path) -> Document:
    try:
        found = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506  # texts only
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ManifestRefused([f"{path} cannot be read: {error}"]) from error
    if not isinstance(found, dict):
        raise ManifestRefused([f"{path} is no manifest."])
    return found


def _reasons(facts: Document) -> Iterator[str]:
    if not facts.get("PackageIdentifier"):
        yield "The manifest names no PackageIdentifier."
    version = str(facts.get("PackageVersion", ""))
    if not _VERSION.fullmatch(version):
        yield f"Clients cannot compare the version “{version}”; it has to be numbers with points."
    installers = facts.get("Installers")
    if not isinstance(installers, list) or not all(isinstance(one, dict) for one in installers or [0]):
        yield "The manifest lists no installers. Give the file that ends in .installer.yaml, too."
        return
    for number, installer in enumerate(installers, 1):
        yield from (f"Installer {number}: {reason}" for reason in _installer_reasons({**facts, **installer}))


def _installer_reasons(installer: Document) -> Iterator[str]:
    if installer.get("InstallerType") not in _TYPES:
        yield f"clients cannot install the type “{installer.get('InstallerType', '')}”."
    if installer.get("Architecture") not in _ARCHITECTURES:
        yield f"clients do not know the architecture “{installer.get('Architecture', '')}”."
    if not _SHA256.fullmatch(str(installer.get("InstallerSha256", ""))):
        yield "its InstallerSha256 is no SHA-256."
    address = urlsplit(str(installer.get("InstallerUrl", "")))
    if address.scheme != "https":
        yield "its InstallerUrl does not begin with https."
    elif not _FILENAME.fullmatch(_filename(installer)):
        yield f"clients cannot install a file of the name “{_filename(installer)}”."


def _filename(installer: Document) -> str:
    return urlsplit(str(installer["InstallerUrl"])).path.rpartition("/")[2]


def _package(installer: Document) -> Document:
    switches = installer.get("InstallerSwitches") or {}
    args = {
        "silent": _WORD.findall(switches.get("Silent", "")),
        "passive": _WORD.findall(switches.get("SilentWithProgress", "")),
    }
    codes = {
        str(code["InstallerReturnCode"]): _CODES.get(code.get("ReturnResponse", ""), "failed")
        for code in installer.get("ExpectedReturnCodes") or ()
    }
    install = {
        "type": _TYPES[installer["InstallerType"]],
        "scope": installer.get("Scope", ""),
        "elevation": _ELEVATION.get(installer.get("ElevationRequirement", ""), ""),
        "args": {name: words for name, words in args.items() if words},
        "exit_codes": codes,
    }
    return {
        "os": "windows",
        "arch": _ARCHITECTURES[installer["Architecture"]],
        **({"min_os": installer["MinimumOSVersion"]} if installer.get("MinimumOSVersion") else {}),
        "filename": _filename(installer),
        "sha256": installer["InstallerSha256"].lower(),
        "install": {name: value for name, value in install.items() if value},
    }


def _detection(installers: Sequence[Document]) -> list[Document]:
    """The rules of all installers, each once, strongest first."""
    entries: list[Document] = []
    for installer in installers:
        entries += [{**installer, "DisplayName": ""}, *(installer.get("AppsAndFeaturesEntries") or ())]
    rules = [
        {"type": "msi-upgrade-code", "value": one["UpgradeCode"]} for one in entries if one.get("UpgradeCode")
    ]
    rules += [
        {"type": "msix-family", "value": one["PackageFamilyName"]}
        for one in entries
        if one.get("PackageFamilyName")
    ]
    rules += [_rule_of_code(one["ProductCode"]) for one in entries if one.get("ProductCode")]
    rules += [
        {"type": "arp-name", "name": f"^{re.escape(one['DisplayName'])}$"}
        for one in entries
        if one.get("DisplayName")
    ]
    return [rule for number, rule in enumerate(rules) if rule not in rules[:number]]


def _rule_of_code(code: str) -> Document:
    """ProductCode names both a product of Windows Installer and any key of the Uninstall list."""
    return {"type": "msi-product-code" if _GUID.fullmatch(code) else "arp-key", "value": code}


def _notes(facts: Document) -> Document:
    notes = {
        "summary": str(facts.get("ReleaseNotes", ""))[:600].strip(),
        "url": facts.get("ReleaseNotesUrl", ""),
    }
    return {name: value for name, value in notes.items() if value}


def _open_points(installers: Sequence[Document]) -> Iterator[str]:
    yield "To add for the release: channel, date, severity, kind; where wanted rollout, applies_to."
    yield "To add for each package: path, length, auth; the manifest has none of them."
    if not _detection(installers):
        yield (
            "To add: a rule of detection. "
            "The manifest has no ProductCode, PackageFamilyName or AppsAndFeaturesEntries."
        )
    for installer in installers:
        name = _filename(installer)
        if urlsplit(installer["InstallerUrl"]).query:
            yield f"{name}: its address has a query and may stop working. Keep the file yourself."
        if not installer.get("InstallerSwitches"):
            yield f"{name}: to add: arguments for a silent installation. winget relies on its own."
        if '"' in "".join((installer.get("InstallerSwitches") or {}).values()):
            yield f"{name}: an argument has quotes. Clients pass every argument as it stands; try it."
        if not installer.get("Scope"):
            yield f"{name}: to add: scope, machine or user."
        if not installer.get("ElevationRequirement"):
            yield f"{name}: to add: elevation."

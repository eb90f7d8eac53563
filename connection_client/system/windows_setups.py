# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How each kind of Windows setup is called and what its exit code means; the catalogue comes first.

Sources: Windows Installer error codes (learn.microsoft.com/windows/win32/msi/error-codes), Inno Setup "Setup
Exit Codes", NSIS 4.12.1 "Error Levels", WiX Burn, and for MSIX "Troubleshooting packaging, deployment, and
query of Windows apps" (learn.microsoft.com/windows/win32/appxpkg/troubleshooting) with winerror.h.
"""

from collections.abc import Mapping
from pathlib import Path

from connection_client.domain.catalogue import InstallRecipe
from connection_client.system import windows_msix

KINDS = frozenset({"msi", "burn", "inno", "nsis", "exe", "msix"})
_MODES = ("passive", "silent", "interactive")
_ARGUMENTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "msi": {"passive": ("/passive", "/norestart"), "log": ("/l*v", "{log}")},
    "burn": {"passive": ("/passive", "/norestart"), "log": ("/log", "{log}")},
    "inno": {
        "passive": ("/SILENT", "/SUPPRESSMSGBOXES", "/NORESTART", "/SP-"),
        "log": ("/LOG={log}",),
    },
    "nsis": {"silent": ("/S",)},
    "exe": {},
    "msix": {},
}
_COMMON = {
    0: "ok",
    112: "disk-full",
    1223: "cancelled",
    1602: "cancelled",
    1618: "busy",
    1625: "blocked-by-policy",
    1633: "unsupported",
    1638: "newer-installed",
    1641: "reboot-started",
    3010: "reboot-required",
}
_OWN: Mapping[str, Mapping[int, str]] = {
    "nsis": {1: "cancelled"},
    "inno": {2: "cancelled", 5: "cancelled", 8: "reboot-required"},
    "msix": {
        0x80070070: "disk-full",
        0x800704C7: "cancelled",
        0x800704EC: "blocked-by-policy",
        0x80073CF3: "failed",  # a dependency is missing, or another package is in the way
        0x80073CF4: "disk-full",
        0x80073CF6: "failed",  # it could not be registered
        0x80073CF8: "cancelled",
        0x80073CFB: "already-installed",
        0x80073CFD: "unsupported",  # it wants a newer Windows
        0x80073CFF: "blocked-by-policy",
        0x80073D00: "busy",
        0x80073D01: "blocked-by-policy",
        0x80073D02: "in-use",
        0x80073D06: "newer-installed",
        0x80073D10: "unsupported",  # it is made for another processor
    },
}


def arguments_for(recipe: InstallRecipe, log: Path) -> list[str]:
    """The arguments behind the setup's own name: with progress where it can, and with its log."""
    known = _ARGUMENTS[recipe.kind]
    # The publisher's modes count before the usual ones of the kind, whatever their order.
    given = next((recipe.arguments[mode] for mode in _MODES if mode in recipe.arguments), None)
    usual = next((known[mode] for mode in _MODES if mode in known), ())
    words = [*(usual if given is None else given), *recipe.arguments.get("log", known.get("log", ()))]
    return [word.replace("{log}", str(log)) for word in words]


def command_for(recipe: InstallRecipe, file: Path, log: Path, system: Path) -> list[str]:
    """The argument list; `system` is the folder of msiexec.exe. MSIX packages are named by variables."""
    if recipe.kind == "msi":
        return [str(system / "msiexec.exe"), "/i", str(file), *arguments_for(recipe, log)]
    if recipe.kind == "msix":
        return windows_msix.registering(system)
    return [str(file), *arguments_for(recipe, log)]


def meaning_of(recipe: InstallRecipe, exit_code: int) -> str:
    """One of the catalogue's words for the exit code; `failed` for what nobody explains."""
    signed = exit_code - (1 << 32) if exit_code >= 1 << 31 else exit_code
    for codes in (recipe.exit_codes, _OWN.get(recipe.kind, {}), _COMMON):
        for code in (exit_code, signed):
            if code in codes:
                return codes[code]
    return "failed"

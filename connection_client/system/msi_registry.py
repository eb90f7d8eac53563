# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which products of Windows Installer belong to an upgrade code, as the registry keeps them.

Windows Installer writes GUIDs there in a form of its own: every part is reversed ("packed").
"""

import re
from collections.abc import Iterator

from connection_client.system.windows_registry import BRANCHES, Branch, subkeys, values_of

_GUID = re.compile(r"\{?([0-9A-F]{8})-([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{12})\}?")
_PACKED = re.compile(r"[0-9A-F]{32}")
_FOR_ALL = r"Software\Classes\Installer"
_FOR_ONE = r"Software\Microsoft\Installer"
_USER_DATA = r"Software\Microsoft\Windows\CurrentVersion\Installer\UserData"


def packed(guid: str) -> str | None:
    """`{12345678-ABCD-…}` as Windows Installer writes it: `87654321DCBA…`; None for what is no GUID."""
    match = _GUID.fullmatch(guid.strip().upper())
    if match is None:
        return None
    first, second, third, fourth, fifth = match.groups()
    return first[::-1] + second[::-1] + third[::-1] + _swapped(fourth + fifth)


def unpacked(text: str) -> str | None:
    """The opposite of `packed`."""
    text = text.upper()
    if not _PACKED.fullmatch(text):
        return None
    tail = _swapped(text[16:])
    return f"{{{text[7::-1]}-{text[11:7:-1]}-{text[15:11:-1]}-{tail[:4]}-{tail[4:]}}}"


def _swapped(digits: str) -> str:
    return "".join(digits[i + 1] + digits[i] for i in range(0, len(digits), 2))


def products_of_upgrade_code(guid: str) -> Iterator[tuple[Branch, str]]:
    """The product codes, in the usual form, of everything that is installed under an upgrade code."""
    code = packed(guid)
    if code is None:
        return
    seen: set[str] = set()
    for branch in BRANCHES:
        home = _FOR_ALL if branch.hive == "HKLM" else _FOR_ONE
        for name in values_of(branch, rf"{home}\UpgradeCodes\{code}"):
            product = unpacked(name)
            if product is not None and product not in seen:
                seen.add(product)
                yield branch, product


def version_of_product(branch: Branch, guid: str) -> str:
    """What Windows Installer itself notes as the version of a product; empty where it does not know it."""
    code = packed(guid)
    if code is None:
        return ""
    if branch.hive == "HKLM":
        for owner in subkeys(branch, _USER_DATA):
            kept = values_of(branch, rf"{_USER_DATA}\{owner}\Products\{code}\InstallProperties")
            if isinstance(text := kept.get("displayversion"), str):
                return text
    home = _FOR_ALL if branch.hive == "HKLM" else _FOR_ONE
    number = values_of(branch, rf"{home}\Products\{code}").get("version")
    if not isinstance(number, int):
        return ""
    return f"{number >> 24 & 0xFF}.{number >> 16 & 0xFF}.{number & 0xFFFF}"

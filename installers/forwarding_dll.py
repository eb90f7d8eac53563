# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Windows library without any code that only says where else a function is found (export forwarding).

WORKAROUND: Wine before 9 has no bcryptprimitives.dll, which Windows has since version 7 and which every
library written in Rust asks for random numbers (ProcessPrng). Nothing of this is shipped.
"""

import struct
from pathlib import Path

_BASE = 0x180000000
_PAGE, _SECTOR = 0x1000, 0x200
_HEADERS = 0x200
_X64, _DLL_FLAGS, _READABLE_DATA = 0x8664, 0x2022, 0x40000040
_PE32_PLUS, _WINDOWS_CONSOLE = 0x20B, 3
_DIRECTORIES = 16


def write_forwarding_dll(path: Path, function: str, target: str) -> None:
    """Write a library that exports `function` as `LIBRARY.FUNCTION` of `target` ([PE format], .edata)."""
    exports = _exports(path.name, function, target)
    body = exports.ljust(-(-len(exports) // _SECTOR) * _SECTOR, b"\0")
    path.write_bytes(_headers(len(exports), len(body)).ljust(_HEADERS, b"\0") + body)


def _exports(library: str, function: str, target: str) -> bytes:
    """The export directory with its tables; addresses are those of the only section."""
    table = 40  # bytes of the directory itself, then: address, name pointer, ordinal
    texts = table + 4 + 4 + 2
    library_at, function_at = texts, texts + len(library) + 1
    target_at = function_at + len(function) + 1
    at = [_PAGE + place for place in (library_at, table, table + 4, table + 8)]
    directory = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, at[0], 1, 1, 1, *at[1:])
    # A forwarder is an address inside the export directory: it leads to text instead of code.
    tables = struct.pack("<IIH", _PAGE + target_at, _PAGE + function_at, 0)
    return directory + tables + b"".join(text.encode("ascii") + b"\0" for text in (library, function, target))


def _headers(length: int, on_disk: int) -> bytes:
    dos = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    optional_size = 112 + 8 * _DIRECTORIES
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", _X64, 1, 0, 0, 0, optional_size, _DLL_FLAGS)
    optional = struct.pack("<HBBIIIII", _PE32_PLUS, 14, 0, 0, on_disk, 0, 0, _PAGE)
    optional += struct.pack(
        "<QIIHHHHHHIIII", _BASE, _PAGE, _SECTOR, 6, 0, 0, 0, 6, 0, 0, 2 * _PAGE, _HEADERS, 0
    )
    optional += struct.pack(
        "<HHQQQQII", _WINDOWS_CONSOLE, 0x160, 1 << 20, _PAGE, 1 << 20, _PAGE, 0, _DIRECTORIES
    )
    directories = struct.pack("<II", _PAGE, length).ljust(8 * _DIRECTORIES, b"\0")
    section = struct.pack(
        "<8sIIIIIIHHI", b".edata", length, _PAGE, on_disk, _HEADERS, 0, 0, 0, 0, _READABLE_DATA
    )
    return dos + coff + optional + directories + section

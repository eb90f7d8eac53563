# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Reads shortcuts of the Windows Start Menu ([MS-SHLLINK]); nothing of them is ever run or resolved here."""

import struct
from dataclasses import dataclass
from pathlib import Path

_HEADER_SIZE = 0x4C
_CLASS = bytes.fromhex("0114020000000000c000000000000046")
_LARGEST = 64 * 1024  # bytes; real ones have two or three thousand

# LinkFlags, section 2.1.1
_HAS_IDS, _HAS_INFO, _HAS_NAME, _HAS_RELATIVE = 0x01, 0x02, 0x04, 0x08
_HAS_FOLDER, _HAS_ARGUMENTS, _HAS_ICON, _IS_UNICODE = 0x10, 0x20, 0x40, 0x80
_LOCAL = 0x01  # LinkInfoFlags: the target is on a drive of this computer
_UNICODE_INFO_HEADER = 0x24


@dataclass(frozen=True)
class ShellLink:
    """Where a shortcut leads; `arguments` is one text, as Windows hands it over."""

    path: Path
    target: str
    arguments: str
    folder: str


def read_shell_link(path: Path) -> ShellLink | None:
    """The shortcut, None where it is not one or leads to no program on this computer."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        return _parsed(path, content) if len(content) <= _LARGEST else None
    except (OSError, struct.error, UnicodeError, ValueError):
        return None


def _parsed(path: Path, content: bytes) -> ShellLink | None:
    size, kind, flags = struct.unpack_from("<I16sI", content)
    if size != _HEADER_SIZE or kind != _CLASS:
        return None
    place = _HEADER_SIZE
    if flags & _HAS_IDS:
        place += 2 + _number(content, place, "<H")
    target = ""
    if flags & _HAS_INFO:
        length = _number(content, place, "<I")
        target = _target(content[place : place + length])
        place += length
    texts: dict[int, str] = {}
    for part in (_HAS_NAME, _HAS_RELATIVE, _HAS_FOLDER, _HAS_ARGUMENTS, _HAS_ICON):
        if flags & part:
            texts[part], place = _counted(content, place, wide=bool(flags & _IS_UNICODE))
    if not target:
        return None
    return ShellLink(path, target, texts.get(_HAS_ARGUMENTS, ""), texts.get(_HAS_FOLDER, ""))


def _target(info: bytes) -> str:
    """LinkInfo, section 2.3: the Unicode path where there is one, else that of the system's code page."""
    _, header, flags, _, base, _, suffix = struct.unpack_from("<7I", info)
    if not flags & _LOCAL:
        return ""
    if header >= _UNICODE_INFO_HEADER:
        wide_base, wide_suffix = struct.unpack_from("<2I", info, 28)
        return _wide(info, wide_base) + _wide(info, wide_suffix)
    return _narrow(info, base) + _narrow(info, suffix)


def _wide(info: bytes, place: int) -> str:
    end = place
    while info[end : end + 2] not in (b"\0\0", b""):
        end += 2
    return info[place:end].decode("utf-16-le")


def _narrow(info: bytes, place: int) -> str:
    end = info.index(b"\0", place)
    return info[place:end].decode("cp1252")


def _counted(content: bytes, place: int, *, wide: bool) -> tuple[str, int]:
    count = _number(content, place, "<H")
    start, end = place + 2, place + 2 + count * (2 if wide else 1)
    if end > len(content):
        raise ValueError(place)
    text = content[start:end].decode("utf-16-le" if wide else "cp1252")
    return text.partition("\0")[0], end  # some writers count a closing zero


def _number(content: bytes, place: int, form: str) -> int:
    return int(struct.unpack_from(form, content, place)[0])

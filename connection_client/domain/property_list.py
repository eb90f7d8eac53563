# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Property lists of macOS, XML and binary, of which nothing is believed before it was looked at.

The binary format is that of Apple's CFBinaryPList.c: a table says where each object lies, so a short file
can name one long object a million times. What all its objects claim together has to fit into the file.
"""

import plistlib
import struct
from xml.parsers.expat import ExpatError

LARGEST = 1 << 20
"""Bytes; the lists that are read here have some thousands."""

_BINARY = b"bplist00"
_TRAILER = struct.Struct(">6xBBQQQ")
_COLLECTIONS = {0xA: 1, 0xC: 1, 0xD: 2}  # arrays, sets, dictionaries: references for each element
_LENGTHS = {0x4: 1, 0x5: 1, 0x6: 2}  # data, ASCII, UTF-16: bytes for each element
_NUMBER, _LONG = 0x1, 0xF
# What plistlib lets out of a damaged file beside its own error.
_LET_OUT = (ExpatError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError, struct.error)


def dictionary_in(content: bytes) -> dict[str, object]:
    """The values at the top of a property list.

    Raises ValueError where it is larger than `LARGEST`, damaged, or something else than a dictionary.
    """
    if len(content) > LARGEST:
        raise ValueError("too large")
    try:
        if content.startswith(_BINARY) and _claimed(content) > len(content):
            raise ValueError("it claims more than it has")
        values = plistlib.loads(content)
    except _LET_OUT as error:
        raise ValueError(str(error)) from error
    if not isinstance(values, dict) or not all(isinstance(name, str) for name in values):
        raise ValueError("no dictionary")
    return values


def _claimed(content: bytes) -> int:
    """How many bytes the objects of a binary list say that they take."""
    offset_size, reference_size, count, _top, table = _TRAILER.unpack(content[-_TRAILER.size :])
    end = table + count * offset_size
    if end > len(content) or not offset_size:
        raise ValueError("its table lies outside")
    places = (content[at : at + offset_size] for at in range(table, end, offset_size))
    return sum(_size_at(content, int.from_bytes(place, "big"), reference_size) for place in places)


def _size_at(content: bytes, place: int, reference_size: int) -> int:
    kind, size = content[place] >> 4, content[place] & 0xF
    if kind == _NUMBER:
        return 1 << size
    if size == _LONG and (kind in _COLLECTIONS or kind in _LENGTHS):
        width = 1 << (content[place + 1] & 0x3)
        size = int.from_bytes(content[place + 2 : place + 2 + width], "big")
    return int(size * (_COLLECTIONS.get(kind, 0) * reference_size or _LENGTHS.get(kind, 0)))

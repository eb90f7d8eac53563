# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Property lists of both formats are read; hostile ones end at once with a reason."""

import plistlib
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.domain.property_list import LARGEST, dictionary_in

VALUES = {"CFBundleIdentifier": "com.example.Viewer", "Numbers": [1, 2**40, {"deep": b"data"}], "ö": "ü" * 40}


@pytest.mark.parametrize("kind", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_both_formats_are_read(kind: plistlib.PlistFormat) -> None:
    assert dictionary_in(plistlib.dumps(VALUES, fmt=kind)) == VALUES


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=9),
        st.integers(-(2**63), 2**63 - 1)
        | st.booleans()
        | st.binary(max_size=40)
        | st.lists(st.floats(allow_nan=False), max_size=20),
        max_size=20,
    )
)
def test_every_honest_binary_list_has_room_for_what_it_claims(values: dict[str, object]) -> None:
    assert dictionary_in(plistlib.dumps(values, fmt=plistlib.FMT_BINARY)) == values


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<plist><dict><key>",
        plistlib.dumps(["no", "dictionary"]),
        plistlib.dumps(VALUES) + b" " * LARGEST,
        b'<!DOCTYPE p [<!ENTITY a "aa">]><plist><dict><key>k</key><string>&a;</string></dict></plist>',
        b"bplist00",
        b"bplist00" + b"\xff" * 60,
        plistlib.dumps(VALUES, fmt=plistlib.FMT_BINARY)[:-1],
        b"<plist>" + b"<array>" * 50_000,
    ],
)
def test_what_is_damaged_hostile_or_no_dictionary_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        dictionary_in(content)


def bomb(element: bytes, objects: int) -> bytes:
    """A list of many objects, each of which is the same long one."""
    start = 8 + 9 + objects * 4
    top = b"\xaf\x12" + struct.pack(">I", objects) + b"".join(struct.pack(">I", n) for n in range(objects))
    body = b"bplist00" + top
    body = body.ljust(start, b"\0") + element
    table = struct.pack(">I", 8) + struct.pack(">I", start) * (objects - 1)
    return body + table + struct.pack(">6xBBQQQ", 4, 4, objects, 0, len(body))


@pytest.mark.parametrize(
    "element",
    [
        b"\x5f\x12" + struct.pack(">I", 200_000) + b"x" * 200_000,
        b"\xaf\x12" + struct.pack(">I", 50_000) + struct.pack(">I", 2) * 50_000,
        b"\x1f" + b"\x01" * 32_768,
    ],
)
def test_a_short_file_cannot_make_much_of_itself(element: bytes) -> None:
    content = bomb(element, 20_000)
    assert len(content) < LARGEST
    started = time.monotonic()

    with pytest.raises(ValueError, match="claims more"):
        dictionary_in(content)

    assert time.monotonic() - started < 2

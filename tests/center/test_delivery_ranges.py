# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which part of a file is meant. Source: RFC 9110, section 14."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect_center.delivery.ranges import (
    ByteRange,
    RangeNotSatisfiable,
    range_still_holds,
    requested_range,
)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", ByteRange(0, 0)),
        ("bytes=0-9", ByteRange(0, 9)),
        ("bytes=90-", ByteRange(90, 99)),
        ("bytes=90-1000", ByteRange(90, 99)),
        ("bytes=-10", ByteRange(90, 99)),
        ("bytes=-1000", ByteRange(0, 99)),
        ("Bytes = 5-6 ", ByteRange(5, 6)),
    ],
)
def test_a_part_is_cut_to_the_file(header: str, expected: ByteRange) -> None:
    assert requested_range(header, 100) == expected


@pytest.mark.parametrize(
    "header", ["", "bytes=", "bytes=-", "bytes=9-5", "bytes=a-b", "items=0-5", "bytes=0-1,5-6", "bytes=+1-2"]
)
def test_what_cannot_be_read_means_the_whole_file(header: str) -> None:
    assert requested_range(header, 100) is None


@pytest.mark.parametrize(
    ("header", "length"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-5", 0)]
)
def test_a_part_behind_the_end_is_not_satisfiable(header: str, length: int) -> None:
    with pytest.raises(RangeNotSatisfiable):
        requested_range(header, length)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 200))
def test_a_part_never_leaves_the_file(first: int, last: int, length: int) -> None:
    try:
        part = requested_range(f"bytes={first}-{last}", length)
    except RangeNotSatisfiable:
        assert first >= length
        return
    if part is None:
        assert last < first
        return
    assert 0 <= part.first <= part.last < length
    assert part.length == min(last, length - 1) - first + 1


@pytest.mark.parametrize(
    ("if_range", "expected"),
    [("", True), ('"abc"', True), (' "abc" ', True), ('"abd"', False), ('W/"abc"', False),
     ("Tue, 24 Nov 2026 14:00:00 GMT", False)],
)  # fmt: skip
def test_only_the_same_strong_tag_lets_a_download_go_on(if_range: str, expected: object) -> None:
    assert range_still_holds(if_range, '"abc"') is expected

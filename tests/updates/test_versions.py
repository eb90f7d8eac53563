# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Older, same, newer or unknown: an order that never contradicts itself, and no guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.domain.versions import Order, Version, compare, read_version

PARTS = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=6)
OPPOSITE = {Order.OLDER: Order.NEWER, Order.NEWER: Order.OLDER, Order.SAME: Order.SAME}


def text(parts: list[int]) -> str:
    return ".".join(map(str, parts))


def parsed(written: str) -> Version:
    version = Version.parse(written)
    assert version is not None
    return version


@given(PARTS, PARTS)
def test_the_order_is_the_same_from_both_sides(one: list[int], other: list[int]) -> None:
    there = compare(parsed(text(one)), parsed(text(other)))

    assert compare(parsed(text(other)), parsed(text(one))) is OPPOSITE[there]


@given(PARTS, PARTS, PARTS)
def test_the_order_is_transitive(one: list[int], two: list[int], three: list[int]) -> None:
    low, middle, high = sorted(map(parsed, (text(one), text(two), text(three))))

    assert low <= middle <= high
    assert low <= high


@given(PARTS, st.integers(0, 4))
def test_leading_zeros_of_a_part_do_not_count(parts: list[int], zeros: int) -> None:
    padded = ".".join("0" * min(zeros, 10 - len(str(part))) + str(part) for part in parts)

    assert parsed(padded) == parsed(text(parts))


@given(PARTS)
def test_trailing_zero_parts_do_not_count(parts: list[int]) -> None:
    if len(parts) < 6:
        assert parsed(text([*parts, 0])) == parsed(text(parts))


@given(PARTS, st.sampled_from(["x64", "x86", "arm64", "64-bit", "32-bit"]))
def test_an_architecture_behind_it_does_not_count(parts: list[int], architecture: str) -> None:
    assert parsed(f"{text(parts)} ({architecture})") == parsed(text(parts))


@given(PARTS)
def test_commas_are_dots(parts: list[int]) -> None:
    assert parsed(text(parts).replace(".", ", ")) == parsed(text(parts))


@given(PARTS, st.sampled_from(["-beta", "~rc1", "+git", "a", ".x", " beta", "-1"]))
def test_what_cannot_be_ordered_is_unknown(parts: list[int], ending: str) -> None:
    assert Version.parse(text(parts) + ending) is None
    assert compare(Version.parse(text(parts) + ending), parsed("1.0")) is Order.UNKNOWN


@given(st.text(max_size=40))
def test_no_text_makes_it_fall_over(written: str) -> None:
    version = Version.parse(written)

    assert version is None or Version.parse(str(version)) == version


@pytest.mark.parametrize("huge", ["4294967296.1", "1." * 50 + "1", "9" * 5_000, "", ".", "1.", "٣.٤"])
def test_strange_numbers_are_unknown(huge: str) -> None:
    assert Version.parse(huge) is None


def test_an_alias_of_the_publisher_makes_a_text_comparable() -> None:
    aliases = {"CONNECT Edition Update 17": "10.17.0.0"}

    assert read_version(" CONNECT Edition Update 17 ", aliases) == parsed("10.17")
    assert read_version("CONNECT Edition Update 18", aliases) is None


def test_the_same_client_registered_twice_is_one_version() -> None:
    assert parsed("11.0.3.14") == parsed("11.00.03.14")

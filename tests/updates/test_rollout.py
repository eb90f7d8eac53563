# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Phased rollout: the right share, growing only, and never the same computers first."""

from connection_client.domain.catalogue import Product, Release
from connection_client.updates.rollout import is_in_rollout
from tests.world.catalogues import catalogue, product_json, release_json

COMPUTERS = [f"computer-{number}" for number in range(2_000)]


def reached(percent: int, version: str = "1.0", salt: str = "") -> set[str]:
    product, release = one(percent, version, salt)
    return {computer for computer in COMPUTERS if is_in_rollout(product, release, computer)}


def one(percent: int, version: str, salt: str) -> tuple[Product, Release]:
    rollout = {"percent": percent, "salt": salt}
    product = catalogue(product_json("viewer", release_json(version, rollout=rollout))).products[0]
    return product, product.releases[0]


def test_nobody_at_nought_everybody_at_a_hundred() -> None:
    assert reached(0) == set()
    assert reached(100) == set(COMPUTERS)


def test_a_quarter_is_about_a_quarter() -> None:
    assert 400 < len(reached(25)) < 600


def test_a_greater_share_only_adds() -> None:
    assert reached(10) < reached(30) < reached(80)


def test_another_release_reaches_others_first() -> None:
    assert reached(20, "1.0") != reached(20, "2.0")


def test_one_salt_keeps_the_same_computers_for_several_releases() -> None:
    assert reached(20, "1.0", "pilot") == reached(20, "2.0", "pilot")

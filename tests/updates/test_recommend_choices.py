# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person put off or left alone, and what is in the way."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from connection_client.domain.accounts import Membership
from connection_client.domain.recommendations import Blocker
from connection_client.updates.choices import Choices, Unmoved
from connection_client.updates.context import Surroundings
from connection_client.updates.policy import Rule, UpdatePolicy
from tests.updates.offers import ACCOUNT, LINUX, NOW, installed, offer, offered
from tests.updates.test_recommend import NEW
from tests.world.catalogues import package_json, release_json


def test_a_skipped_release_is_not_offered_again_but_a_newer_one_is() -> None:
    skipped = Choices("c", skipped=frozenset({("viewer", "10.2.0.7")}))

    assert offered(installed("10.1"), NEW, choices=skipped) == ""
    assert offered(installed("10.1"), NEW, release_json("10.3"), choices=skipped) == "10.3"
    assert offered(installed("10.1"), NEW, choices=skipped, manual=True) == "10.2.0.7"


def test_a_critical_release_cannot_be_skipped_but_put_off() -> None:
    critical = release_json("10.2", severity="critical")
    skipped = Choices("c", skipped=frozenset({("viewer", "10.2")}))
    later = Choices("c", remind_at=(("viewer", NOW + timedelta(hours=1)),))

    assert offered(installed("10.1"), critical, choices=skipped) == "10.2"
    assert offered(installed("10.1"), critical, choices=later) == ""


def test_a_reminder_comes_when_its_time_has_come() -> None:
    later = Choices("c", remind_at=(("viewer", NOW + timedelta(hours=1)),))

    assert offered(installed("10.1"), NEW, choices=later) == ""
    assert offered(installed("10.1"), NEW, choices=later, now=NOW + timedelta(hours=2)) == "10.2.0.7"
    assert offered(installed("10.1"), NEW, choices=later, manual=True) == "10.2.0.7"


def test_a_product_left_alone_stays_alone() -> None:
    assert (
        offered(installed("10.1"), NEW, choices=Choices("c", ignored=frozenset({"viewer"})), manual=True)
        == ""
    )


def test_a_release_that_did_not_move_the_version_is_not_offered_again() -> None:
    unmoved = Choices("c", unmoved=frozenset({Unmoved("viewer", "10.2.0.7", "10.1.0.12")}))

    assert offered(installed("10.1.0.12"), NEW, choices=unmoved, manual=True) == ""
    assert offered(installed("10.1.0.13"), NEW, choices=unmoved) == "10.2.0.7"
    assert offered(installed("10.1.0.12"), NEW, release_json("10.3"), choices=unmoved) == "10.3"


def test_a_rollout_reaches_its_share_and_a_manual_check_does_not_wait() -> None:
    none = release_json("10.2", rollout={"percent": 0})

    assert offered(installed("10.1"), none) == ""
    assert offered(installed("10.1"), none, manual=True) == "10.2"
    assert offered(installed("10.1"), release_json("10.2", rollout={"percent": 100})) == "10.2"


ACCOUNT_ONLY = release_json("10.2", package_json(auth="account"))


@pytest.mark.parametrize(
    ("changes", "blocker"),
    [
        ({"account": None}, Blocker.NOT_SIGNED_IN),
        ({"account": replace(ACCOUNT, roles=())}, Blocker.ROLE_MISSING),
        ({"account": replace(ACCOUNT, membership=Membership.SUSPENDED)}, Blocker.ROLE_MISSING),
        ({"running": frozenset({"viewer"})}, Blocker.APPLICATION_RUNNING),
        ({"catalogue_installable": False}, Blocker.CATALOGUE),
        ({"computer": replace(LINUX, can_elevate=False)}, Blocker.NEEDS_RIGHTS),
        ({"computer": replace(LINUX, free_bytes=1000)}, Blocker.DISK),
        ({"policy": UpdatePolicy((Rule("viewer", on_hold=True),))}, Blocker.POLICY),
        ({"surroundings": Surroundings(metered=True)}, Blocker.METERED),
        ({"surroundings": Surroundings(on_battery=True)}, Blocker.METERED),
    ],
)
def test_what_is_in_the_way_is_named_and_the_offer_stays(changes: dict[str, Any], blocker: Blocker) -> None:
    recommendation = offer(installed("10.1"), ACCOUNT_ONLY, **changes)

    assert recommendation is not None
    assert recommendation.blockers == (blocker,)


def test_a_public_package_needs_nobody_signed_in() -> None:
    recommendation = offer(installed("10.1"), NEW, account=None)

    assert recommendation is not None
    assert recommendation.blockers == ()

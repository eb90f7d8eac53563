# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an application needs comes under the same rules as a product of its own."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from connection_client.domain.recommendations import Blocker, Reason, Recommendation
from connection_client.updates.choices import Choices, Unmoved
from connection_client.updates.policy import Rule, UpdatePolicy, Window
from connection_client.updates.recommend import recommend
from connection_client.workspace.rows import rows_of
from tests.updates.offers import NOW, context, installed
from tests.world.catalogues import Json, catalogue, package_json, product_json, release_json

NEEDS = [{"id": "library", "min": "2.0"}]
VIEWER = product_json("viewer", release_json("10.2", package_json(requires=NEEDS)))
HERE = (installed("10.1"), installed("1.0", "library"))


def library(version: str = "2.1", **changes: Any) -> Json:
    package = package_json(filename=f"library-{version}.deb", sha256="1" * 64)
    return release_json(version, package, **changes)


def offer(*releases: Json, rule: Rule | None = None, **changes: Any) -> Recommendation:
    whole = catalogue(VIEWER, product_json("library", *releases))
    policy = UpdatePolicy((replace(rule, product_id="library"),) if rule is not None else ())
    recommendation = recommend(whole.products[0], HERE[0], context(whole, *HERE, policy=policy, **changes))
    assert recommendation is not None
    return recommendation


def brought(*releases: Json, **changes: Any) -> str:
    """The version of the library that comes along, "" where nothing may be offered."""
    found = offer(*releases, **changes)
    assert (Blocker.PREREQUISITE in found.blockers) is (not found.before)
    return found.before[0].release.version_text if found.before else ""


def test_the_newest_that_may_be_offered_comes_first_in_the_chain() -> None:
    found = offer(library("2.0"), library("2.1"))

    assert [link.product.id for link in found.before] == ["library"]
    assert [package.filename for package in found.chain] == ["library-2.1.deb", "nowhere.deb"]
    assert found.blockers == ()


@pytest.mark.parametrize(
    "held_back",
    [
        {"withdrawn": {"reason": "loses data"}},
        {"channel": "preview"},
        {"rollout": {"percent": 0}},
        {"date": str(NOW.date() + timedelta(days=1))},
        {"applies_to": ">=1.5"},
    ],
)
def test_what_the_publisher_holds_back_does_not_come_along(held_back: dict[str, Any]) -> None:
    assert brought(library("2.1", **held_back)) == ""
    assert brought(library("2.0"), library("2.1", **held_back)) == "2.0"


def test_who_asks_by_hand_waits_for_no_rollout() -> None:
    assert brought(library("2.1", rollout={"percent": 0}), manual=True) == "2.1"


def test_a_hidden_product_does_not_come_along() -> None:
    assert brought(library("2.1"), rule=Rule(hidden=True)) == ""


def test_a_channel_of_the_organisation_counts() -> None:
    preview = library("2.2", channel="preview")

    assert brought(library("2.1"), preview, rule=Rule(channels=frozenset({"preview"}))) == "2.2"
    assert brought(library("2.1"), rule=Rule(channels=frozenset({"preview"}))) == ""


def test_age_and_ring_count() -> None:
    young = library("2.1", date=str(NOW.date() - timedelta(days=3)))

    assert brought(young, rule=Rule(minimum_age_days=4)) == ""
    assert brought(young, rule=Rule(minimum_age_days=3)) == "2.1"


def test_what_is_on_hold_holds_back_what_needs_it() -> None:
    assert offer(library(), rule=Rule(on_hold=True)).blockers == (Blocker.POLICY,)


def test_the_maintenance_window_of_what_it_needs_counts() -> None:
    now = NOW.astimezone()
    elsewhere = Window((now + timedelta(hours=2)).time().replace(tzinfo=None), _later(now.time(), 3))

    assert offer(library(), rule=Rule(window=elsewhere)).blockers == (Blocker.WINDOW,)


def _later(at: time, hours: int) -> time:
    return time((at.hour + hours) % 24, at.minute)


def test_what_did_not_move_before_is_not_brought_again() -> None:
    unmoved = frozenset({Unmoved("library", "2.1", "1.0")})

    assert brought(library("2.1"), choices=Choices("x", unmoved=unmoved)) == ""


def test_what_the_person_skipped_comes_all_the_same() -> None:
    skipped = frozenset({("library", "2.1")})

    assert brought(library("2.1"), choices=Choices("x", skipped=skipped)) == "2.1"


def test_a_running_prerequisite_is_in_the_way() -> None:
    assert offer(library(), running=frozenset({"library"})).blockers == (Blocker.APPLICATION_RUNNING,)
    assert offer(library(), running=frozenset({"another"})).blockers == ()


def test_a_row_says_that_something_installed_needs_its_release() -> None:
    whole = catalogue(VIEWER, product_json("library", library("2.1")))

    def reasons(*found: Any) -> dict[str, tuple[Reason, ...]]:
        rows = rows_of(context(whole, *found), lambda _: None)
        return {row.product_id: row.recommendation.reasons for row in rows if row.recommendation}

    assert reasons(*HERE)["library"] == (Reason.NEWER, Reason.PREREQUISITE)
    assert reasons(HERE[0])["library"] == (Reason.NOT_INSTALLED, Reason.PREREQUISITE)
    assert reasons(HERE[1])["library"] == (Reason.NEWER,)
    assert reasons(*HERE)["viewer"] == (Reason.NEWER,)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The organisation's policy: rings, minimum age, maintenance window, deadline, holding back."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from connection_client.domain.accounts import DOWNLOAD_ROLE, Account, Membership
from connection_client.domain.catalogue import Severity
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.recommendations import Blocker, Reason, Recommendation
from connection_client.domain.versions import Version
from connection_client.updates.choices import Choices
from connection_client.updates.context import Computer, Context
from connection_client.updates.policy import Rule, UpdatePolicy, Window
from connection_client.updates.recommend import recommend
from tests.world.catalogues import Json, catalogue, product_json, release_json

NOW = datetime(2026, 11, 24, 12).astimezone()  # a Tuesday at noon, wherever this runs
ACCOUNT = Account("i", "s", "a@b.example", "A", Membership.ACTIVE, roles=(DOWNLOAD_ROLE,))
OLD = InstalledProduct("viewer", Version.parse("10.1"), "10.1", ())
NIGHT = Window(time(22), time(5), frozenset({4}))


def of_age(days: int, version: str = "10.2", **changes: object) -> Json:
    return release_json(version, **{"date": str(NOW.date() - timedelta(days=days)), **changes})


def offer(rule: Rule, *releases: Json, ring: str = "", now: datetime = NOW) -> Recommendation | None:
    whole = catalogue(product_json("viewer", *releases))
    computer = Computer("linux", "x64", installs=frozenset({"deb"}))
    world = Context(whole, (OLD,), computer, Choices("x"), now, ACCOUNT)
    return recommend(whole.products[0], OLD, replace(world, policy=UpdatePolicy((rule,), ring)))


def test_a_release_waits_for_its_age_and_an_older_one_is_offered_meanwhile() -> None:
    rule = Rule(minimum_age_days=7)

    assert offer(rule, of_age(6)) is None
    found = offer(rule, of_age(6), of_age(7, "10.1.5"))
    assert found is not None
    assert found.release.version_text == "10.1.5"


@pytest.mark.parametrize(("ring", "offered"), [("pilot", True), ("broad", False), ("", True)])
def test_a_ring_gets_it_later(ring: str, offered: bool) -> None:  # noqa: FBT001
    rule = Rule(ring_days={"pilot": 0, "broad": 14})

    assert (offer(rule, of_age(3), ring=ring) is not None) is offered


def test_a_critical_release_waits_for_nobody() -> None:
    rule = Rule(minimum_age_days=30, ring_days={"broad": 14})

    assert offer(rule, of_age(0, severity="critical"), ring="broad") is not None


def test_after_the_deadline_it_is_urgent_at_any_hour() -> None:
    rule = Rule(window=NIGHT, deadline_days=10)

    before, after = offer(rule, of_age(9)), offer(rule, of_age(10))

    assert before is not None
    assert after is not None
    assert (before.severity, before.blockers) == (Severity.RECOMMENDED, (Blocker.WINDOW,))
    assert (after.severity, after.blockers) == (Severity.CRITICAL, ())
    assert Reason.DEADLINE in after.reasons


@pytest.mark.parametrize(
    ("day", "hour", "inside"),
    [(27, 21, False), (27, 22, True), (28, 4, True), (28, 5, False), (28, 23, False), (27, 4, False)],
)
def test_a_window_over_midnight_belongs_to_the_day_on_which_it_begins(
    day: int,
    hour: int,
    inside: bool,  # noqa: FBT001
) -> None:
    assert NIGHT.holds(datetime(2026, 11, day, hour, 30 if hour == 4 else 0)) is inside  # noqa: DTZ001  # local


def test_a_window_within_one_day() -> None:
    lunch = Window(time(12), time(13))

    assert [lunch.holds(datetime(2026, 11, 24, hour)) for hour in (11, 12, 13)] == [False, True, False]  # noqa: DTZ001


def test_what_is_on_hold_is_shown_and_kept_back() -> None:
    found = offer(Rule("viewer", on_hold=True), of_age(5))

    assert found is not None
    assert found.blockers == (Blocker.POLICY,)


def test_another_channel_by_policy() -> None:
    beta = of_age(5, channel="beta")

    assert offer(Rule(), beta) is None
    assert offer(Rule(channels=frozenset({"stable", "beta"})), beta) is not None


def test_the_rule_of_a_product_comes_before_that_for_all() -> None:
    everybody, own = Rule(minimum_age_days=3), Rule("viewer", minimum_age_days=1)
    policy = UpdatePolicy((everybody, own))

    assert policy.rule_of("viewer") is own
    assert policy.rule_of("other") is everybody
    assert UpdatePolicy().rule_of("other") == Rule()


def test_a_rule_counts_from_the_date_of_the_release() -> None:
    release = catalogue(product_json("viewer", of_age(0))).products[0].releases[0]

    assert Rule(minimum_age_days=2).offered_from(release, "") == NOW.date() + timedelta(days=2)
    assert not Rule().is_due(release, date.max)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who may use what: the decisions, and the signed answers as a client checks them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from connect_center.accounts.models import User
from connect_center.delivery.models import Product
from connect_center.entitlements.decision import Refusal, decisions
from connect_center.entitlements.models import Licence
from connect_center.organisations.models import Membership, Organisation
from tests.world.members import member, organisation

pytestmark = pytest.mark.django_db


NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def refusal(user: User, now: datetime = NOW) -> Refusal | None:
    (decision,) = decisions(user, now)
    return decision.refusal


def test_a_member_of_a_licensed_organisation_may(lima: Organisation, licence: Licence) -> None:
    (decision,) = decisions(member(lima).user, NOW)
    assert (decision.product, decision.refusal) == (licence.product.code, None)
    assert decision.until == NOW + timedelta(days=14)


@pytest.mark.usefixtures("survey")
def test_without_a_licence_nobody_may(lima: Organisation) -> None:
    assert refusal(member(lima).user) is Refusal.NO_LICENCE


def test_the_days_of_the_licence_count(lima: Organisation, licence: Licence) -> None:
    user = member(lima).user
    licence.starts, licence.ends = date(2026, 11, 25), date(2026, 11, 30)
    licence.save()
    assert refusal(user) is Refusal.NO_LICENCE
    assert refusal(user, datetime(2026, 11, 25, tzinfo=UTC)) is None
    assert refusal(user, datetime(2026, 11, 30, 23, 59, tzinfo=UTC)) is None
    assert refusal(user, datetime(2026, 12, 1, tzinfo=UTC)) is Refusal.EXPIRED


def test_no_answer_outlives_the_licence(lima: Organisation, licence: Licence) -> None:
    licence.ends = date(2026, 11, 26)
    licence.save()
    (decision,) = decisions(member(lima).user, NOW)
    assert decision.until == datetime(2026, 11, 27, tzinfo=UTC)


def test_the_country_of_the_person_counts_then_the_organisations(
    lima: Organisation, licence: Licence
) -> None:
    licence.countries = ["PT", "ES"]
    licence.save()
    assert refusal(member(lima, "Bo Berg", country="ES").user) is None
    assert refusal(member(lima, "Cy Cole", country="NO").user) is Refusal.WRONG_COUNTRY
    assert refusal(member(lima, "Di Dorn", country="").user) is None


def test_seats_belong_to_those_who_joined_first(lima: Organisation, licence: Licence) -> None:
    licence.seats = 2  # the administrator joined first
    licence.save()
    first, second = member(lima, "Bo Berg"), member(lima, "Cy Cole")
    assert refusal(first.user) is None
    assert refusal(second.user) is Refusal.SEATS_TAKEN
    first.state = Membership.State.SUSPENDED
    first.save()
    assert refusal(second.user) is None


@pytest.mark.usefixtures("licence")
def test_a_suspended_organisation_may_not(lima: Organisation) -> None:
    user = member(lima).user
    lima.suspended = True
    lima.save()
    assert refusal(user) is Refusal.SUSPENDED


@pytest.mark.usefixtures("licence")
@pytest.mark.parametrize("state", [Membership.State.WAITING, Membership.State.SUSPENDED, None])
def test_who_is_no_active_member_may_not(lima: Organisation, state: str | None) -> None:
    membership = member(lima)
    user = membership.user
    if state is None:
        membership.delete()
    else:
        membership.state = state
        membership.save()
    assert refusal(user) is Refusal.NO_ORGANISATION


@pytest.mark.usefixtures("licence")
def test_a_foreign_organisation_has_nothing_of_it() -> None:
    stranger = member(organisation("Delta Works", "NL"), "Eve Eng", country="NL")
    assert refusal(stranger.user) is Refusal.NO_LICENCE


def test_what_is_public_needs_neither_licence_nor_organisation(lima: Organisation) -> None:
    product = Product.objects.create(code="connection-client", name="CONNECTION Client")
    release = product.releases.create(version="0.1", channel="stable", date=NOW.date(), severity="optional")
    facts = {"filename": "c.deb", "os": "linux", "architecture": "x64", "length": 1, "sha256": "a" * 64}
    release.packages.create(path="c/1", public=True, **facts)
    membership = member(lima)
    user = membership.user
    membership.delete()
    assert refusal(user) is None
    release.packages.create(path="c/2", public=False, **facts)
    assert refusal(user) is Refusal.NO_ORGANISATION


# ---- the command ---------------------------------------------------------------------------------
def test_granting_changing_listing_and_withdrawing(
    lima: Organisation, survey: Product, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("licence", "grant", "lima survey", "survey-viewer", "--starts", "2026-01-01")
    call_command(
        "licence", "grant", "Lima Survey", "survey-viewer", "--seats", "5", "--country", "pt", "--starts",
        "2026-01-01", "--ends", "2026-12-31",
    )  # fmt: skip
    licence = Licence.objects.get(organisation=lima, product=survey)
    assert (licence.seats, licence.countries, licence.ends) == (5, ["PT"], date(2026, 12, 31))
    call_command("licence", "list", "Lima Survey")
    assert "survey-viewer  from 2026-01-01 to 2026-12-31 for 5 members in PT" in capsys.readouterr().out
    call_command("licence", "withdraw", "Lima Survey", "survey-viewer")
    assert not Licence.objects.exists()


def test_the_offline_days_of_an_organisation_hold(lima: Organisation, licence: Licence) -> None:
    call_command("licence", "offline", "Lima Survey", "3")
    (decision,) = decisions(member(lima).user, NOW)
    assert decision.until == NOW + timedelta(days=3)
    assert licence.organisation == lima


@pytest.mark.usefixtures("lima", "survey")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["grant", "Nobody", "survey-viewer"], "no organisation “Nobody”.*Lima Survey"),
        (["grant", "Lima Survey", "chess"], "no product “chess”.*survey-viewer"),
        (["withdraw", "Lima Survey", "survey-viewer"], "has no licence"),
        (["grant", "Lima Survey", "survey-viewer", "--seats", "0"], "“0”"),
        (["grant", "Lima Survey", "survey-viewer", "--country", "Portugal"], "two letters"),
        (["grant", "Lima Survey", "survey-viewer", "--ends", "2020-01-01"], "end before it starts"),
    ],
)
def test_a_refused_command_says_why(words: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("licence", *words)
    assert not Licence.objects.exists()

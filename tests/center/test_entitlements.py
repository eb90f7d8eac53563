# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who may use what: the decisions, and the signed answers as a client checks them."""

import base64
import json
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwa import EdDSAAlgorithm
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from pytest_django import Settings

from connect_center.accounts.models import User
from connect_center.delivery.models import Product
from connect_center.entitlements.decision import Refusal, decisions
from connect_center.entitlements.models import Licence
from connect_center.entitlements.signing import AnswerSigner
from connect_center.organisations.models import Membership, Organisation
from tests.world.members import bearer, member, organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Registry(JWSRegistry):
    """Accepts what the Center announces, and nothing else."""

    class _EdDSA(EdDSAAlgorithm):
        security_warning = ""

    algorithms = {"EdDSA": _EdDSA()}


@pytest.fixture(autouse=True)
def state(tmp_path: Path, settings: Settings) -> Path:
    settings.CENTER_STATE = tmp_path
    return tmp_path


@pytest.fixture
def survey() -> Product:
    return Product.objects.create(code="survey-viewer", name="Survey Viewer SES")


@pytest.fixture
def lima() -> Organisation:
    return organisation()


@pytest.fixture
def licence(lima: Organisation, survey: Product) -> Licence:
    return Licence.objects.create(organisation=lima, product=survey, starts=date(2026, 1, 1))


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


# ---- over HTTP, as the client reads it -----------------------------------------------------------
def _claims(client: Client, answer: dict[str, str]) -> dict[str, Any]:
    keys = KeySet.import_key_set(client.get("/api/v1/entitlements/jwks.json").json())
    token = jwt.decode(answer["token"], keys, registry=Registry(algorithms=["EdDSA"]))
    assert token.header["kid"] in {key.kid for key in keys.keys}
    requests = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": "http://testserver"},
        aud={"essential": True, "value": "connection-client"},
        product={"essential": True, "value": answer["product"]},
        exp={"essential": True},
    )
    requests.validate(token.claims)
    return dict(token.claims)


@pytest.mark.usefixtures("licence")
def test_the_signed_answer_is_verified_with_the_announced_keys(client: Client, lima: Organisation) -> None:
    Product.objects.create(code="mesh-viewer", name="Mesh Viewer SES")
    user = member(lima).user
    before = timezone.now()
    answers = client.get("/api/v1/entitlements", headers=bearer(user)).json()["entitlements"]
    refused, entitled = (_claims(client, answer) for answer in answers)
    assert (refused["product"], refused["entitled"], refused["reason"]) == (
        "mesh-viewer",
        False,
        "no-licence",
    )
    assert (entitled["product"], entitled["entitled"]) == ("survey-viewer", True)
    assert "reason" not in entitled
    assert entitled["sub"] == str(user.subject)
    days = (entitled["exp"] - before.timestamp()) / 86400
    assert 13.99 < days < 14.01
    assert (refused["exp"] - before.timestamp()) / 86400 < 1.01


@pytest.mark.usefixtures("licence")
def test_a_changed_answer_is_refused(client: Client, lima: Organisation) -> None:
    (answer,) = client.get("/api/v1/entitlements", headers=bearer(member(lima).user)).json()["entitlements"]
    head, body, signature = answer["token"].split(".")
    other = body[:10] + ("A" if body[10] != "A" else "B") + body[11:]
    with pytest.raises(BadSignatureError):
        _claims(client, answer | {"token": f"{head}.{other}.{signature}"})


def test_nobody_gets_no_answers(client: Client) -> None:
    answer = client.get("/api/v1/entitlements")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_the_announced_keys_hold_no_secret(client: Client, state: Path) -> None:
    (key,) = client.get("/api/v1/entitlements/jwks.json").json()["keys"]
    assert set(key) == {"kty", "crv", "x", "kid", "use", "alg"}
    (file,) = (state / "keys" / "entitlements").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.usefixtures("licence")
def test_a_new_key_signs_while_the_old_one_is_still_announced(
    client: Client, lima: Organisation, state: Path
) -> None:
    headers = bearer(member(lima).user)
    (old,) = client.get("/api/v1/entitlements", headers=headers).json()["entitlements"]
    folder = state / "keys" / "entitlements"
    AnswerSigner(state / "spare").public_keys()
    (state / "spare" / "0001.pem").rename(folder / "0002.pem")
    (new,) = client.get("/api/v1/entitlements", headers=headers).json()["entitlements"]
    assert _claims(client, old)["entitled"]
    assert _claims(client, new)["entitled"]
    assert len(client.get("/api/v1/entitlements/jwks.json").json()["keys"]) == 2


@pytest.mark.usefixtures("licence")
def test_answers_are_bound_to_a_computer_where_the_organisation_wants_it(
    client: Client, lima: Organisation
) -> None:
    headers = bearer(member(lima).user)
    (free,) = client.get("/api/v1/entitlements?device=d1", headers=headers).json()["entitlements"]
    assert "device" not in _claims(client, free)
    call_command("licence", "device", lima.name, "bound")
    (bound,) = client.get("/api/v1/entitlements?device=d1", headers=headers).json()["entitlements"]
    assert _claims(client, bound)["device"] == "d1"
    assert client.get("/api/v1/entitlements", headers=headers).status_code == 422
    assert client.get("/api/v1/entitlements?device=a%20b", headers=headers).status_code == 422
    call_command("licence", "device", lima.name, "free")
    assert client.get("/api/v1/entitlements", headers=headers).status_code == 200


def test_the_level_of_features_is_part_of_the_answer(
    client: Client, lima: Organisation, survey: Product
) -> None:
    headers = bearer(member(lima).user)
    call_command("licence", "grant", lima.name, survey.code, "--level", "2")
    (limited,) = client.get("/api/v1/entitlements", headers=headers).json()["entitlements"]
    assert _claims(client, limited)["level"] == 2
    call_command("licence", "grant", lima.name, survey.code)
    (whole,) = client.get("/api/v1/entitlements", headers=headers).json()["entitlements"]
    assert "level" not in _claims(client, whole)


@pytest.mark.usefixtures("licence")
def test_a_key_is_changed_with_an_overlap(client: Client, lima: Organisation, state: Path) -> None:
    headers = bearer(member(lima).user)

    def signed_with() -> str:
        (answer,) = client.get("/api/v1/entitlements", headers=headers).json()["entitlements"]
        assert _claims(client, answer)["entitled"]  # whatever is signed is verified with what is announced
        head = answer["token"].partition(".")[0]
        return str(json.loads(base64.urlsafe_b64decode(head + "=="))["kid"])

    def announced() -> list[str]:
        return [key["kid"] for key in client.get("/api/v1/entitlements/jwks.json").json()["keys"]]

    first = signed_with()
    call_command("keys", "rotate", "entitlements", "--begin-after-hours", "24")
    assert signed_with() == first  # the new one is announced before it is needed
    assert len(announced()) == 2
    folder = state / "keys" / "entitlements"
    (second,) = [path for path in folder.iterdir() if path.name != "0001.pem"]
    assert stat.S_IMODE(second.stat().st_mode) == 0o600
    yesterday, long_ago = (timezone.now() - timedelta(days=days) for days in (1, 31))
    second = second.rename(folder / f"{yesterday:%Y%m%dT%H%M%SZ}.pem")
    assert signed_with() == announced()[1] != first
    call_command("keys", "rotate", "entitlements")
    assert first in announced()  # answers that it signed still hold somewhere offline
    second.rename(folder / f"{long_ago:%Y%m%dT%H%M%SZ}.pem")
    call_command("keys", "rotate", "entitlements", "--begin-after-hours", "48")
    assert first not in announced()
    assert signed_with() in announced()
    call_command("licence", "offline", lima.name, "90")
    call_command("keys", "rotate", "applications")
    assert len(list((state / "keys" / "applications").iterdir())) == 2


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

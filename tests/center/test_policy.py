# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Update policies: decided on the page, delivered signed, and read by the client's own code."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet
from pytest_django import Settings

from connect_center.accounts.models import User
from connect_center.delivery.models import Product
from connect_center.organisations.models import AuditEntry, Membership, Organisation
from connect_center.policy.models import ProductPolicy, UpdatePolicy
from connection_client.backend.signed_policy import read_policy
from tests.center.signed_answers import Registry
from tests.world.members import bearer, member, organisation

pytestmark = pytest.mark.django_db
FORM = {
    "allows": "yes",
    "minimum_age_days": "3",
    "rings": "pilot 0\noffice 7",
    "deadline_days": "30",
    "window_begins": "20:00",
    "window_ends": "05:30",
    "window_days": ["0", "1", "4"],
}
FOR_ALL = {
    "product": "*",
    "on_hold": False,
    "minimum_age_days": 3,
    "rings": {"office": 7, "pilot": 0},
    "window": {"begins": "20:00", "ends": "05:30", "days": [0, 1, 4]},
    "deadline_days": 30,
}


@pytest.fixture(autouse=True)
def state(tmp_path: Path, settings: Settings) -> Path:
    settings.CENTER_STATE = tmp_path
    return tmp_path


@pytest.fixture
def lima() -> Organisation:
    Product.objects.create(code="survey-viewer", name="Survey Viewer SES")
    return organisation()


def administrator(of: Organisation) -> User:
    return of.memberships.get(is_administrator=True).user


@pytest.fixture
def ana(client: Client, lima: Organisation) -> Client:
    client.force_login(administrator(lima))
    return client


def decided(of: Organisation) -> dict[str, Any]:
    answer = Client().get("/api/v1/policy", headers=bearer(member(of, "Bo Berg").user))
    assert answer.status_code == 200, answer.content
    said: dict[str, Any] = answer.json()
    return said


def test_without_a_decision_everything_is_allowed(lima: Organisation) -> None:
    (rule,) = decided(lima)["rules"]
    assert rule == {
        "product": "*",
        "on_hold": False,
        "minimum_age_days": 0,
        "rings": {},
        "window": None,
        "deadline_days": None,
    }


def test_the_page_decides_and_the_client_is_told(ana: Client, lima: Organisation) -> None:
    page = ana.post("/policy/", FORM, follow=True)
    assert "The update policy is saved." in page.content.decode()
    one = {
        "application-product": "survey-viewer",
        "application-allows": "no",
        "application-deadline_days": "9",
    }
    assert ana.post("/policy/applications/", one).status_code == 302
    said = decided(lima)
    assert said["organisation"] == "Lima Survey"
    own = FOR_ALL | {"product": "survey-viewer", "on_hold": True, "deadline_days": 9}
    assert said["rules"] == [FOR_ALL, own]
    record = ana.get("/users/record/").content.decode()
    assert (
        record.count("changed the update policy")
        == AuditEntry.objects.filter(action="changed-policy").count()
    )
    assert "Survey Viewer SES" in record
    assert ana.post("/policy/applications/survey-viewer/remove/").status_code == 302
    assert ProductPolicy.objects.count() == 0


def test_the_page_shows_what_was_decided(ana: Client, lima: Organisation) -> None:
    ana.post("/policy/", FORM)
    form = ana.get("/policy/").context["form"]
    shown = {name: form[name].value() for name in FORM}
    assert shown == FORM | {"minimum_age_days": 3, "deadline_days": 30}
    assert (
        ana.post("/policy/", FORM | {"allows": "no", "window_begins": "", "window_ends": ""}).status_code
        == 302
    )
    policy = UpdatePolicy.objects.get(organisation=lima)
    assert (policy.allows, policy.window_begins) == (False, None)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"window_ends": ""}, "needs both times"),
        ({"window_ends": "20:00"}, "has no length"),
        ({"rings": "office"}, "“office” is no ring"),
        ({"rings": "office 900"}, "“office 900” is no ring"),
        ({"minimum_age_days": "-1"}, "greater than or equal to 0"),
        ({"window_days": []}, "This field is required"),
    ],
)
def test_what_cannot_be_followed_is_refused(
    ana: Client, lima: Organisation, change: dict[str, Any], sentence: str
) -> None:
    page = ana.post("/policy/", FORM | change)
    assert sentence in page.content.decode()
    assert not UpdatePolicy.objects.filter(organisation=lima).exists()


def test_the_token_is_verified_with_the_announced_keys_and_says_the_same(lima: Organisation) -> None:
    said = decided(lima)
    keys = KeySet.import_key_set(Client().get("/api/v1/entitlements/jwks.json").json())
    claims = jwt.decode(said["token"], keys, registry=Registry(algorithms=["EdDSA"])).claims
    assert (claims["iss"], claims["aud"]) == ("http://testserver", "connection-client")
    assert claims["use"] == "update-policy"
    assert (claims["rules"], claims["organisation"]) == (said["rules"], said["organisation"])
    assert claims["exp"] - claims["iat"] == 30 * 86400


def test_an_unchanged_policy_costs_no_bytes(ana: Client, lima: Organisation) -> None:
    headers = bearer(administrator(lima))
    other = Client()
    first = other.get("/api/v1/policy", headers=headers)
    again = other.get("/api/v1/policy", headers=headers | {"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    ana.post("/policy/", FORM)
    changed = other.get("/api/v1/policy", headers=headers | {"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed.json()["rules"]) == (200, [FOR_ALL])


def test_the_client_reads_what_the_center_says(ana: Client, lima: Organisation) -> None:
    ana.post("/policy/", FORM)
    said = Client().get("/api/v1/policy", headers=bearer(administrator(lima))).json()
    keys = Client().get("/api/v1/entitlements/jwks.json").json()
    read = read_policy(said["token"], keys, "http://testserver")
    assert read.organisation == "Lima Survey"
    rule = read.rules[0]
    assert (rule.product_id, rule.ring_days, rule.deadline_days) == ("", {"office": 7, "pilot": 0}, 30)
    assert rule.window is not None
    assert rule.window.days == {0, 1, 4}


def test_who_is_no_active_member_has_no_policy(lima: Organisation) -> None:
    membership = member(lima, "Cy Cole")
    membership.state = Membership.State.WAITING
    membership.save()
    answer = Client().get("/api/v1/policy", headers=bearer(membership.user)).json()
    assert (answer["organisation"], answer["rules"]) == ("", [])
    assert Client().get("/api/v1/policy").status_code == 401


def test_only_administrators_decide_and_only_for_their_own(client: Client, lima: Organisation) -> None:
    client.force_login(member(lima, "Bo Berg").user)
    for path in ("/policy/", "/policy/applications/", "/policy/applications/survey-viewer/remove/"):
        assert client.post(path, FORM).status_code == 403
    ProductPolicy.objects.create(organisation=lima, product=Product.objects.get(), allows=False)
    other = organisation("Delta Works", "NL")
    client.force_login(administrator(other))
    assert client.post("/policy/applications/survey-viewer/remove/").status_code == 404
    assert client.post("/policy/", FORM | {"allows": "no"}).status_code == 302
    assert "Remove the decision" not in client.get("/policy/").content.decode()
    assert not UpdatePolicy.objects.filter(organisation=lima).exists()
    assert ProductPolicy.objects.filter(organisation=lima).exists()

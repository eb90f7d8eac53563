# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The signed answers of the Center, the keys that they are signed with, and what they are bound to."""

import base64
import json
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from connect_center.delivery.models import Product
from connect_center.entitlements.signing import AnswerSigner
from connect_center.organisations.models import Organisation
from tests.center.signed_answers import Registry
from tests.world.members import bearer, member

pytestmark = pytest.mark.django_db


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


def signed_with(client: Client, headers: dict[str, str]) -> str:
    """The key of an answer, which is verified with what is announced."""
    (answer,) = client.get("/api/v1/entitlements", headers=headers).json()["entitlements"]
    assert _claims(client, answer)["entitled"]
    head = answer["token"].partition(".")[0]
    return str(json.loads(base64.urlsafe_b64decode(head + "=="))["kid"])


def announced(client: Client) -> list[str]:
    return [key["kid"] for key in client.get("/api/v1/entitlements/jwks.json").json()["keys"]]


@pytest.mark.usefixtures("licence")
def test_a_key_is_changed_with_an_overlap(client: Client, lima: Organisation, state: Path) -> None:
    headers = bearer(member(lima).user)
    first = signed_with(client, headers)
    call_command("keys", "rotate", "entitlements", "--begin-after-hours", "24")
    assert signed_with(client, headers) == first  # the new one is announced before it is needed
    assert len(announced(client)) == 2
    folder = state / "keys" / "entitlements"
    (second,) = [path for path in folder.iterdir() if path.name != "0001.pem"]
    assert stat.S_IMODE(second.stat().st_mode) == 0o600
    yesterday, long_ago = (timezone.now() - timedelta(days=days) for days in (1, 31))
    second = second.rename(folder / f"{yesterday:%Y%m%dT%H%M%SZ}.pem")
    assert signed_with(client, headers) == announced(client)[1] != first
    call_command("keys", "rotate", "entitlements")
    assert first in announced(client)  # answers that it signed still hold somewhere offline
    second.rename(folder / f"{long_ago:%Y%m%dT%H%M%SZ}.pem")
    call_command("keys", "rotate", "entitlements", "--begin-after-hours", "48")
    assert first not in announced(client)
    assert signed_with(client, headers) in announced(client)
    call_command("licence", "offline", lima.name, "90")
    call_command("keys", "rotate", "applications")
    assert len(list((state / "keys" / "applications").iterdir())) == 2

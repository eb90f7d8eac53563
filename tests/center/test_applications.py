# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Registered applications: the token for their own service, and nothing for anybody else."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pytest_django import Settings

from tests.center.signed_answers import Registry
from tests.world.members import bearer, member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def state(tmp_path: Path, settings: Settings) -> Path:
    settings.CENTER_STATE = tmp_path
    return tmp_path


def command(*words: str) -> str:
    out = StringIO()
    call_command("application", *words, stdout=out)
    return out.getvalue().strip()


def keys(client: Client, kind: str) -> KeySet:
    return KeySet.import_key_set(client.get(f"/api/v1/{kind}/jwks.json").json())


def test_a_registered_application_gets_a_token_for_itself(client: Client) -> None:
    command("add", "survey-cloud", "--name", "Survey Cloud")
    user = member(organisation()).user
    headers = bearer(user)
    assert client.get("/api/v1/applications/survey-cloud", headers=headers).json() == {
        "audience": "survey-cloud",
        "name": "Survey Cloud",
    }
    answer = client.post("/api/v1/applications/survey-cloud/token", headers=headers).json()
    token = jwt.decode(answer["token"], keys(client, "applications"), registry=Registry(algorithms=["EdDSA"]))
    claims = token.claims
    assert (claims["iss"], claims["sub"], claims["aud"]) == (
        "http://testserver",
        str(user.subject),
        "survey-cloud",
    )
    assert claims["exp"] - claims["iat"] == answer["expires_in"] == 300


def test_the_token_opens_nothing_at_the_center_and_is_no_licence(client: Client) -> None:
    command("add", "survey-cloud", "--name", "Survey Cloud")
    headers = bearer(member(organisation()).user)
    token = client.post("/api/v1/applications/survey-cloud/token", headers=headers).json()["token"]
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    with pytest.raises(JoseError):
        jwt.decode(token, keys(client, "entitlements"), registry=Registry(algorithms=["EdDSA"]))


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_registered_gets_nothing(client: Client, method: str) -> None:
    address = "/api/v1/applications/unknown" + ("/token" if method == "post" else "")
    headers = bearer(member(organisation()).user)
    assert getattr(client, method)(address, headers=headers).status_code == 404
    assert getattr(client, method)(address).status_code == 401


def test_the_command_registers_renames_lists_and_removes() -> None:
    command("add", "survey-cloud", "--name", "Survey")
    assert command("add", "survey-cloud", "--name", "Survey Cloud") == (
        "Survey Cloud may ask for tokens made out to survey-cloud."
    )
    assert command("list") == "survey-cloud  Survey Cloud"
    command("remove", "survey-cloud")
    assert command("list") == ""
    with pytest.raises(CommandError, match="There is no application"):
        command("remove", "survey-cloud")


@pytest.mark.parametrize("audience", ["connection-client", "jwks.json", "Survey", "a", "a/b", "x" * 65])
def test_names_that_mean_something_else_are_refused(audience: str) -> None:
    with pytest.raises(CommandError, match="has to be"):
        command("add", audience, "--name", "Survey Cloud")

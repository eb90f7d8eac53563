# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An independent client, npm's openid-client, signs in, renews and revokes at each provider."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center, running_center
from tests.world.providers import Person, canaille, oidc_provider, openid_client


def test_independent_client_passes_at_the_strict_provider(tmp_path: Path) -> None:
    with (
        oidc_provider(tmp_path) as provider,
        Person(provider.user, provider.password) as person,
        openid_client(tmp_path, provider.issuer, "--prompt=consent") as client,
    ):
        client.hears(person.sign_in(str(client.says()["open"])))
        saw = client.says()
    assert saw == {
        "issuer": provider.issuer,
        "subject": "person-1",
        "email": provider.user,
        "lifetime": 600,
        "rotated": True,
        "afterRevocation": "invalid_grant",
        "endSession": True,
    }


def test_independent_client_signs_in_with_another_device(tmp_path: Path) -> None:
    with (
        oidc_provider(tmp_path) as provider,
        Person(provider.user, provider.password) as person,
        openid_client(tmp_path, provider.issuer, "--device") as client,
    ):
        asked = client.says()
        person.agree(str(asked["open"]), str(asked["code"]))
        saw = client.says()
    assert (saw["subject"], saw["email"], saw["rotated"]) == ("person-1", provider.user, True)


def test_independent_client_passes_at_canaille(tmp_path: Path) -> None:
    with canaille(tmp_path) as provider, Person(provider.user, provider.password) as person:
        options = (
            f"--secret={provider.client_secret}",
            "--scope=openid profile email",
            f"--redirect=http://127.0.0.1:{provider.loopback_port}/callback",
        )
        with openid_client(tmp_path, provider.issuer, *options) as client:
            client.hears(person.sign_in(str(client.says()["open"])))
            saw = client.says()
    assert (saw["issuer"], saw["subject"], saw["email"]) == (provider.issuer, "jane.doe", provider.user)
    assert (saw["rotated"], saw["afterRevocation"], saw["endSession"]) == (True, "invalid_grant", True)


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    with running_center(tmp_path_factory.mktemp("center")) as running:
        yield running


def test_independent_client_passes_at_the_center(center: Center, tmp_path: Path) -> None:
    issuer = center.address.rstrip("/")
    with (
        Person(ADMINISTRATOR, ADMINISTRATOR_PASSWORD) as person,
        openid_client(tmp_path, issuer) as client,
    ):
        client.hears(person.sign_in(str(client.says()["open"])))
        saw = client.says()
    assert (saw["issuer"], saw["email"]) == (issuer, ADMINISTRATOR)
    assert (saw["rotated"], saw["afterRevocation"], saw["endSession"]) == (True, "invalid_grant", True)


def test_independent_client_signs_in_at_the_center_with_another_device(
    center: Center, tmp_path: Path
) -> None:
    with (
        Person(ADMINISTRATOR, ADMINISTRATOR_PASSWORD) as person,
        openid_client(tmp_path, center.address.rstrip("/"), "--device") as client,
    ):
        asked = client.says()
        person.agree(str(asked["open"]), str(asked["code"]))
        saw = client.says()
    assert (saw["email"], saw["rotated"]) == (ADMINISTRATOR, True)

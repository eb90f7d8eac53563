# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an organisation set before the first sign-in takes effect in the first sign-in."""

import json
import ssl
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from connection_client.domain.accounts import SessionStatus, completed_address
from connection_client.domain.errors import CenterUnreachable, CertificateNotTrusted
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider
from tests.world.organisation_network import organisation_network
from tests.world.session import PrivateSession


@pytest.fixture
def policy(tmp_path: Path) -> Callable[..., None]:
    """Write the organisation's policy where rooms of this test read it."""

    def write(**values: object) -> None:
        (tmp_path / "client").mkdir(exist_ok=True)
        (tmp_path / "client" / "policy.json").write_text(json.dumps(values), "utf-8")

    return write


def test_issuer_and_domain_lead_to_the_sign_in_without_asking_the_center(
    policy: Callable[..., None], provider: LyingProvider, desktop: PrivateSession, tmp_path: Path
) -> None:
    # Nothing listens where the Center should be: the preset provider is enough for the sign-in itself.
    rooms = Rooms(tmp_path / "client", "http://127.0.0.1:9")
    with pytest.raises(CenterUnreachable):
        rooms.sign_in.discover("jane@firm.example")
    policy(issuer=provider.issuer, email_domain="firm.example", organisation="Lima Survey")
    realm = rooms.sign_in.discover(" jane ")
    assert (realm.email, realm.issuer) == ("jane@firm.example", provider.issuer)
    assert realm.federated
    assert not realm.can_reset_password
    assert realm.organisation == "Lima Survey"
    attempt = rooms.sign_in.start(realm)
    assert parse_qs(urlsplit(attempt.url).query)["login_hint"] == ["jane@firm.example"]
    account = attempt.wait()
    assert account.issuer == provider.issuer
    assert rooms.session.state.status is SessionStatus.SIGNED_IN
    rooms.close()


def test_a_center_that_is_the_provider_itself_may_still_reset_passwords(
    policy: Callable[..., None], provider: LyingProvider, rooms: Rooms
) -> None:
    policy(issuer=provider.issuer)
    realm = rooms.sign_in.discover("jane@firm.example")
    assert realm.can_reset_password
    assert not realm.federated


def test_an_issuer_that_is_no_protected_address_is_named_and_the_center_is_asked(
    policy: Callable[..., None], provider: LyingProvider, rooms: Rooms
) -> None:
    policy(issuer="http://login.firm.example", email_domain="no domain")
    assert rooms.sign_in.discover("jane@lima-survey.example").issuer == provider.issuer
    assert [problem.facts["key"] for problem in rooms.settings.policy().problems] == [
        "issuer",
        "email_domain",
    ]


def test_the_proxy_and_the_authority_of_a_policy_hold_from_the_first_request_on(
    policy: Callable[..., None],
    provider: LyingProvider,
    desktop: PrivateSession,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with organisation_network(provider, tmp_path, monkeypatch) as network:
        policy(proxy=network.proxy.address, authority_file=str(tmp_path / "missing.pem"))
        rooms = Rooms(tmp_path / "client", provider.issuer)
        (problem,) = rooms.settings.policy().problems
        assert problem.code == "file-named-not-readable"
        assert problem.facts["key"] == "authority_file"
        with pytest.raises(CertificateNotTrusted):
            rooms.sign_in.discover("jane@firm.example")
        rooms.close()

        policy(proxy=network.proxy.address, authority_file=str(network.firm.certificate))
        rooms = Rooms(tmp_path / "client", provider.issuer)
        assert rooms.settings.policy().problems == ()
        rooms.browser.proxy = network.proxy.address
        rooms.browser.trust = ssl.create_default_context(cafile=str(network.firm.certificate))
        account = rooms.sign_in.start(rooms.sign_in.discover("jane@firm.example")).wait()
        assert account.issuer == provider.issuer
        rooms.close()


def test_a_file_without_a_certificate_is_no_authority(
    policy: Callable[..., None], rooms: Rooms, tmp_path: Path
) -> None:
    (tmp_path / "authority.pem").write_text("no certificate")
    policy(authority_file=str(tmp_path / "authority.pem"))
    (problem,) = rooms.settings.policy().problems
    assert problem.facts["key"] == "authority_file"


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("jane", "jane@firm.example"),
        (" jane ", "jane@firm.example"),
        ("jane@", "jane@firm.example"),
        ("jane@other.example", "jane@other.example"),
        ("jane@fi", "jane@fi"),
        ("", ""),
        ("@", "@"),
    ],
)
def test_only_what_has_no_domain_is_completed(typed: str, full: str) -> None:
    assert completed_address(typed, "firm.example") == full
    assert completed_address(typed, "") == typed

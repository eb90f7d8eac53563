# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An organisation with a provider of its own: its people never meet a password of the Center."""

import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.domain.accounts import Membership, SessionStatus
from tests.world.center import Center, running_center
from tests.world.identity import Rooms
from tests.world.providers import Person, Provider, oidc_provider
from tests.world.session import PrivateSession

JANE = "jane@firm.example"
Firm = tuple[Center, Provider]


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firm]:
    folder = tmp_path_factory.mktemp("firm")
    secret = secrets.token_urlsafe(24)
    (folder / "secret").write_text(secret)
    with running_center(folder / "center") as center:
        back = f"{center.address}accounts/oidc/firm.example/login/callback/"
        with oidc_provider(folder, user=JANE, web_redirect=back, web_secret=secret) as provider:
            contact = ("--fulfilment-contact", "contact@firm.example", "--name", "Contact")
            center.manage("organisation", "add", "Firm", "--country", "DE", *contact)
            center.manage("organisation", "domain", "Firm", "firm.example", "--approve")
            words = ("--issuer", provider.issuer, "--client-secret-file", str(folder / "secret"))
            center.manage("organisation", "federate", "firm.example", *words)
            yield center, provider


@pytest.fixture
def rooms(desktop: PrivateSession, firm: Firm, tmp_path: Path) -> Iterator[Rooms]:
    opened = Rooms(tmp_path / "client", firm[0].address.rstrip("/"))
    opened.browser.works = False
    yield opened
    opened.close()


def test_a_federated_address_offers_no_password_of_the_center(rooms: Rooms) -> None:
    realm = rooms.sign_in.discover(" Jane@Firm.example ")
    assert (realm.federated, realm.can_reset_password, realm.organisation) == (True, False, "Firm")
    own = rooms.sign_in.discover("ana@lima-survey.example")
    assert (own.federated, own.can_reset_password) == (False, True)


def test_signs_in_on_the_organisations_own_page(rooms: Rooms, firm: Firm) -> None:
    center, provider = firm
    attempt = rooms.sign_in.start(rooms.sign_in.discover(JANE))
    pages: list[str] = []

    def browse() -> None:
        with Person(provider.user, provider.password) as jane:
            theirs = jane.sign_in(attempt.url)
            assert theirs.startswith(f"{provider.issuer}/")
            back = jane.sign_in(theirs)
            assert back.startswith(center.address)
            pages.append(jane.visit(jane.sign_in(back)).text)

    work = threading.Thread(target=browse, daemon=True)
    work.start()
    account = attempt.wait()
    work.join(20)
    assert "You are signed in" in pages[0]
    # Keyed by what the Center says, so that a change of providers changes no account.
    assert account.issuer == center.address.rstrip("/")
    assert (account.email, account.name, account.organisation) == (JANE, "Jane Doe", "Firm")
    assert account.membership is Membership.ACTIVE
    rooms.session.forget_access_token()
    assert rooms.session.access_token()
    rooms.session.sign_out()
    assert rooms.session.state.status is SessionStatus.SIGNED_OUT

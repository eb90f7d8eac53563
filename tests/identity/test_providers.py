# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client at providers that others wrote: the Center's, npm's strict one, canaille."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest

from connection_client.domain.accounts import Keeping, Realm, SessionStatus
from connection_client.domain.errors import SessionEnded, SignInCancelled, SignInRefused
from connection_client.domain.settings import CLIENT_ID, CLIENT_SECRET, LOOPBACK_PORT
from connection_client.identity.refresh_tokens import token_name
from tests.identity import records
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, running_center
from tests.world.identity import Rooms
from tests.world.providers import Person, Provider, canaille, oidc_provider
from tests.world.session import PrivateSession


@contextmanager
def the_center(folder: Path) -> Iterator[Provider]:
    with running_center(folder / "center") as center:
        yield Provider(center.address.rstrip("/"), ADMINISTRATOR, "Ana Lima", ADMINISTRATOR_PASSWORD)


Shows = Callable[..., None]
STARTED_BY: dict[str, Callable[[Path], AbstractContextManager[Provider]]] = {
    "Center": the_center,
    "oidc-provider": oidc_provider,
    "canaille": canaille,
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Provider]]:
    """Each provider is started once, whatever the order of the tests."""
    started: dict[str, Provider] = {}
    with ExitStack() as stack:

        def provider(name: str) -> Provider:
            if name not in started:
                started[name] = stack.enter_context(STARTED_BY[name](tmp_path_factory.mktemp(name)))
            return started[name]

        yield provider


@pytest.fixture(params=STARTED_BY)
def provider(request: pytest.FixtureRequest, running: Callable[[str], Provider]) -> Provider:
    return running(request.param)


@pytest.fixture
def rooms(desktop: PrivateSession, provider: Provider, tmp_path: Path) -> Iterator[Rooms]:
    opened = Rooms(tmp_path / "client", provider.issuer)
    opened.settings.set(CLIENT_ID, provider.client_id)
    opened.settings.set(CLIENT_SECRET, provider.client_secret)
    opened.settings.set(LOOPBACK_PORT, provider.loopback_port)
    opened.browser.works = False
    yield opened
    opened.close()


@pytest.fixture
def shows(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Note what this provider was seen to do, for the table in docs/identity.md."""
    name: str = request.node.callspec.params["provider"]
    return lambda what, verdict="yes": records.capability(name, what, verdict)


@pytest.fixture
def person(provider: Provider) -> Iterator[Person]:
    with Person(provider.user, provider.password) as somebody:
        yield somebody


def realm_of(provider: Provider) -> Realm:
    return Realm(provider.user, provider.issuer, federated=False, can_reset_password=False)


def sign_in(rooms: Rooms, provider: Provider, person: Person) -> str:
    """Sign in as a person does; the text of the last page."""
    attempt = rooms.sign_in.start(realm_of(provider))
    pages: list[str] = []
    work = threading.Thread(
        target=lambda: pages.append(person.visit(person.sign_in(attempt.url)).text), daemon=True
    )
    work.start()
    attempt.wait()
    work.join(20)
    return pages[0]


def test_signs_in_and_knows_who(rooms: Rooms, provider: Provider, person: Person, shows: Shows) -> None:
    assert "You are signed in" in sign_in(rooms, provider, person)
    state = rooms.session.state
    assert (state.status, state.keeping) == (SessionStatus.SIGNED_IN, Keeping.KEY_STORE)
    assert state.account is not None
    assert (state.account.issuer, state.account.email) == (provider.issuer, provider.user)
    assert state.account.name == provider.name
    assert rooms.store.get(token_name(state.account))
    shows("sign-in in the browser: code, PKCE, state, nonce")
    shows("way back to this computer", "one fixed port" if provider.loopback_port else "any port")
    shows("client secret", "asked for" if provider.client_secret else "none")


def test_renews_with_a_rotated_token(rooms: Rooms, provider: Provider, person: Person, shows: Shows) -> None:
    sign_in(rooms, provider, person)
    account = rooms.session.state.account
    assert account is not None
    seen = {rooms.store.get(token_name(account))}
    for _ in range(3):
        rooms.session.forget_access_token()
        assert rooms.session.access_token()
        seen.add(rooms.store.get(token_name(account)))
    assert len(seen) == 4
    shows("renewal, each time with a new refresh token")


def test_a_refresh_token_that_is_used_twice_ends_its_family(
    rooms: Rooms, provider: Provider, person: Person, shows: Shows
) -> None:
    sign_in(rooms, provider, person)
    account = rooms.session.state.account
    assert account is not None
    stolen = rooms.store.get(token_name(account))
    assert stolen
    rooms.session.forget_access_token()
    rooms.session.access_token()
    with pytest.raises(SessionEnded):
        rooms.provider.renew(provider.issuer, stolen)
    rooms.session.forget_access_token()
    if provider.loopback_port:  # canaille: the stolen token is refused, and that is all
        assert rooms.session.access_token()
        shows("a refresh token used twice ends its family", "no")
        return
    with pytest.raises(SessionEnded):
        rooms.session.access_token()
    assert rooms.session.state.status is SessionStatus.ENDED
    shows("a refresh token used twice ends its family")


def test_a_sign_out_makes_the_token_worthless(
    rooms: Rooms, provider: Provider, person: Person, shows: Shows
) -> None:
    sign_in(rooms, provider, person)
    account = rooms.session.state.account
    assert account is not None
    refresh = rooms.store.get(token_name(account))
    assert refresh
    rooms.session.sign_out()
    assert rooms.session.state.status is SessionStatus.SIGNED_OUT
    assert rooms.store.get(token_name(account)) is None
    with pytest.raises(SessionEnded):
        rooms.provider.renew(provider.issuer, refresh)
    shows("sign-out revokes the refresh token")


def test_a_sign_out_ends_the_providers_own_session(
    rooms: Rooms, provider: Provider, person: Person, shows: Shows
) -> None:
    sign_in(rooms, provider, person)
    rooms.session.sign_out()
    person.leave(rooms.browser.opened[-1])
    attempt = rooms.sign_in.start(realm_of(provider))
    assert person.is_asked_who(attempt.url)
    attempt.cancel()
    with pytest.raises(SignInCancelled):
        attempt.wait()
    shows("sign-out ends the provider's own session")


@pytest.mark.parametrize("provider", ["oidc-provider"], indirect=True)
def test_whoever_declines_at_the_provider_is_told_so(
    rooms: Rooms, provider: Provider, person: Person
) -> None:
    attempt = rooms.sign_in.start(realm_of(provider))
    work = threading.Thread(
        target=lambda: person.visit(person.sign_in(attempt.url, declining=True)), daemon=True
    )
    work.start()
    with pytest.raises(SignInRefused, match="declined"):
        attempt.wait()
    work.join(20)
    assert rooms.session.restore().status is SessionStatus.SIGNED_OUT


def test_signs_in_with_another_device_where_offered(
    rooms: Rooms, provider: Provider, person: Person, shows: Shows
) -> None:
    if provider.loopback_port:  # canaille
        with pytest.raises(SignInRefused, match="offers no sign-in with another device"):
            rooms.sign_in.start_device(realm_of(provider))
        shows("sign-in with another device", "not offered")
        return
    attempt = rooms.sign_in.start_device(realm_of(provider))
    person.agree(attempt.complete_address, attempt.user_code)
    account = attempt.wait()
    assert (account.issuer, account.email) == (provider.issuer, provider.user)
    rooms.session.forget_access_token()
    assert rooms.session.access_token()
    shows("sign-in with another device")

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The whole way with the real Center: sign in, a licence is granted, an application asks, it is withdrawn."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from connection_client import sdk
from connection_client.backend.application_tokens import CenterApplications
from connection_client.backend.entitlements import CenterEntitlements
from connection_client.backend.signatures import Signatures
from connection_client.broker.messages import Code, Refused
from connection_client.broker.methods import Methods
from connection_client.broker.peers import Peer
from connection_client.broker.server import BrokerServer
from connection_client.broker.tokens import Tokens
from connection_client.domain.entitlements import Refusal
from connection_client.launch.entitlements import Entitlements
from connection_client.storage.consents import ConsentFile
from connection_client.storage.entitlement_cache import EntitlementFiles
from installers.build import build_deb
from tests.world.center import ADMINISTRATOR, ORGANISATION, Center, running_center
from tests.world.center_rooms import signed_in_at
from tests.world.identity import Rooms

PRODUCT, VERSION = "survey-viewer", "10.1.0.12"


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    with running_center(tmp_path / "center") as running:
        wanted = ("connection-client_", f"survey-viewer-ses_{VERSION}_")
        packages = [str(path) for path in build_deb() if path.name.startswith(wanted)]
        running.manage("publish", "add", *packages)
        running.manage("licence", "grant", ORGANISATION, PRODUCT)
        yield running


@pytest.fixture
def rooms(center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rooms]:
    """Ana Lima's client, signed in; without a message bus the session is kept in memory."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus")
    with signed_in_at(center, tmp_path / "client") as rooms:
        yield rooms


@contextmanager
def answering(rooms: Rooms, entitlements: Entitlements, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The local API, as applications find it."""
    with TemporaryDirectory(prefix="launch-") as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        methods = Methods(lambda: rooms.session.state, entitlements, lambda: None)
        broker = BrokerServer(Path(runtime) / "connection-client", methods)
        broker.start()
        try:
            yield
        finally:
            broker.stop()


def test_a_licence_is_used_and_withdrawn(
    center: Center, rooms: Rooms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = CenterEntitlements(rooms.client, rooms.center, rooms.session.access_token)
    cache = EntitlementFiles(tmp_path / "entitlements")
    entitlements = Entitlements(source, cache, lambda: rooms.session.state)
    with answering(rooms, entitlements, monkeypatch):
        assert sdk.require(PRODUCT, VERSION).entitled
        assert sdk.status().organisation == ORGANISATION

        center.manage("licence", "withdraw", ORGANISATION, PRODUCT)
        entitlements.refresh()
        with pytest.raises(sdk.NotEntitled) as refusal:
            sdk.require(PRODUCT, VERSION)
        assert refusal.value.entitlement.reason == Refusal.NO_LICENCE
        assert refusal.value.entitlement.administrators == (sdk.Person("Ana Lima", ADMINISTRATOR),)

        center.manage("licence", "grant", ORGANISATION, PRODUCT)
        entitlements.refresh()
        center.stop()
        assert sdk.require(PRODUCT, VERSION).entitled
    restarted = Entitlements(source, cache, lambda: rooms.session.state)
    known = restarted.of(PRODUCT)
    assert known is not None
    assert known.entitled


def test_a_registered_application_gets_its_token_from_the_real_center(
    center: Center, rooms: Rooms, tmp_path: Path
) -> None:
    source = CenterApplications(rooms.client, rooms.center, rooms.session.access_token)
    peer = Peer(4711, 0, "/usr/bin/survey-viewer-ses")
    tokens = Tokens(
        source,
        ConsentFile(tmp_path / "consents.json"),
        lambda: rooms.session.state.account,
        lambda _process: peer.program,
    )
    with pytest.raises(Refused) as asking:
        tokens.token("survey-cloud", peer)
    assert asking.value.code == Code.ASKING
    (question,) = tokens.questions()
    assert question.name == "Survey Cloud"
    tokens.answer(question, agreed=True)
    token = tokens.token("survey-cloud", peer)
    keys = rooms.client.get(f"{rooms.center.address}/api/v1/applications/jwks.json").json()
    claims = jwt.decode(token.value, KeySet.import_key_set(keys), registry=Signatures()).claims
    account = rooms.session.state.account
    assert account is not None
    assert (claims["aud"], claims["sub"], claims["email"]) == ("survey-cloud", account.subject, ADMINISTRATOR)
    center.manage("application", "remove", "survey-cloud")
    with pytest.raises(Refused) as gone:
        tokens.token("survey-cloud", peer)
    assert gone.value.code == Code.NOT_REGISTERED


def test_levels_and_computers_as_the_real_center_says(center: Center, rooms: Rooms, tmp_path: Path) -> None:
    center.manage("licence", "grant", ORGANISATION, PRODUCT, "--level", "1")
    center.manage("licence", "device", ORGANISATION, "bound")
    cache = EntitlementFiles(tmp_path / "entitlements")

    def on(device: str) -> Entitlements:
        source = CenterEntitlements(rooms.client, rooms.center, rooms.session.access_token, device)
        return Entitlements(source, cache, lambda: rooms.session.state)

    here = on("here")
    assert here.answer(PRODUCT, VERSION, 1).entitled
    assert here.answer(PRODUCT, VERSION, 2).reason is Refusal.FEATURE_LEVEL
    center.stop()
    assert on("elsewhere").answer(PRODUCT, VERSION).reason is Refusal.OTHER_DEVICE
    assert on("here").answer(PRODUCT, VERSION).entitled


def test_nothing_new_costs_one_short_question_until_something_is_new(
    center: Center, rooms: Rooms, tmp_path: Path
) -> None:
    cache = EntitlementFiles(tmp_path / "entitlements")
    statuses = watched(rooms)

    def started(clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Entitlements:
        source = CenterEntitlements(rooms.client, rooms.center, rooms.session.access_token)
        return Entitlements(source, cache, lambda: rooms.session.state, clock)

    def asked(entitlements: Entitlements) -> list[int]:
        statuses.clear()
        entitlements.refresh()
        return statuses[:]

    first = started()
    assert asked(first) == [200, 200]  # the answers and the keys
    before = first.answer(PRODUCT)
    assert asked(first) == [304]
    again = started()
    assert asked(again) == [304]  # what lies on the disk is enough, and keeps its own end
    assert (again.answer(PRODUCT).until, again.answer(PRODUCT).token) == (before.until, before.token)

    center.manage("licence", "withdraw", ORGANISATION, PRODUCT)
    assert asked(again) == [200, 200]
    assert again.answer(PRODUCT).reason is Refusal.NO_LICENCE
    center.manage("licence", "grant", ORGANISATION, PRODUCT)
    assert asked(again) == [200, 200]
    assert again.answer(PRODUCT).entitled
    assert asked(again) == [304]


def test_what_is_old_or_not_genuine_is_asked_for_anew(rooms: Rooms, tmp_path: Path) -> None:
    cache = EntitlementFiles(tmp_path / "entitlements")
    source = CenterEntitlements(rooms.client, rooms.center, rooms.session.access_token)
    later = [timedelta()]

    def started() -> Entitlements:
        return Entitlements(source, cache, lambda: rooms.session.state, lambda: datetime.now(UTC) + later[0])

    statuses = watched(rooms)
    entitlements = started()
    entitlements.refresh()
    for hours, expected in ((11, [304]), (13, [200, 200]), (11, [304])):  # refusals hold for a day
        statuses.clear()
        later[0] = timedelta(hours=hours)
        entitlements.refresh()
        assert statuses == expected, hours

    account = rooms.session.state.account
    assert account is not None
    kept = cache.load(account)
    assert kept is not None
    forged = {product: f"{token[:-8]}AAAAAAAA" for product, token in kept.tokens.items()}
    cache.save(account, replace(kept, tokens=forged))
    mended = started()
    broken = mended.of(PRODUCT)
    assert broken is not None
    assert broken.reason is Refusal.NOT_CONFIRMED
    mended.refresh()
    assert mended.answer(PRODUCT).entitled


def watched(rooms: Rooms) -> list[int]:
    """The status of each answer of the Center that has to do with entitlements, from now on."""
    statuses: list[int] = []

    def note(response: httpx.Response) -> None:
        if "/entitlements" in response.url.path:
            statuses.append(response.status_code)

    rooms.client.event_hooks = {"response": [note]}
    return statuses

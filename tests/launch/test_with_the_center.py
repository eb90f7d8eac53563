# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The whole way with the real Center: sign in, a licence is granted, an application asks, it is withdrawn."""

import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from connection_client import sdk
from connection_client.backend.entitlements import CenterEntitlements
from connection_client.broker.methods import Methods
from connection_client.broker.server import BrokerServer
from connection_client.domain.entitlements import Refusal
from connection_client.launch.entitlements import Entitlements
from connection_client.storage.entitlement_cache import EntitlementFiles
from installers.build import build_deb
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, ORGANISATION, Center, running_center
from tests.world.identity import Rooms
from tests.world.providers.person import sign_in_with_form

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
    rooms = Rooms(tmp_path / "client", center.address.rstrip("/"))
    rooms.browser.works = False
    attempt = rooms.sign_in.start(rooms.sign_in.discover(ADMINISTRATOR))
    person = threading.Thread(
        target=sign_in_with_form, args=(attempt.url, ADMINISTRATOR, ADMINISTRATOR_PASSWORD), daemon=True
    )
    person.start()
    attempt.wait()
    person.join(20)
    yield rooms
    rooms.close()


def test_a_licence_is_used_and_withdrawn(
    center: Center, rooms: Rooms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = CenterEntitlements(rooms.client, rooms.center, rooms.session.access_token)
    cache = EntitlementFiles(tmp_path / "entitlements")
    entitlements = Entitlements(source, cache, lambda: rooms.session.state)
    with TemporaryDirectory(prefix="launch-") as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        methods = Methods(lambda: rooms.session.state, entitlements.answer, lambda: None)
        broker = BrokerServer(Path(runtime) / "connection-client", methods)
        broker.start()
        try:
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
        finally:
            broker.stop()
    restarted = Entitlements(source, cache, lambda: rooms.session.state)
    known = restarted.of(PRODUCT)
    assert known is not None
    assert known.entitled

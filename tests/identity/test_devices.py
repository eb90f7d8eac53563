# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Two computers of one person at the real Center: each sees the other, and one signs the other out."""

import platform
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.domain.accounts import Realm, SessionStatus
from connection_client.domain.errors import SessionEnded
from tests.identity.test_bars import continued
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center, running_center
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider
from tests.world.providers import Person
from tests.world.session import PrivateSession, private_session


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    with running_center(tmp_path_factory.mktemp("center")) as running:
        yield running


def signed_in(folder: Path, center: Center) -> Rooms:
    rooms = Rooms(folder, center.address.rstrip("/"))
    rooms.browser.works = False
    with Person(ADMINISTRATOR, ADMINISTRATOR_PASSWORD) as person:
        realm: Realm = rooms.sign_in.discover(ADMINISTRATOR)
        continued(rooms, person, realm)
    return rooms


def test_a_lost_computer_is_signed_out_from_another(
    desktop: PrivateSession, center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = signed_in(tmp_path / "here", center)
    (tmp_path / "there").mkdir()
    with private_session(tmp_path / "there") as elsewhere, monkeypatch.context() as away:
        away.setenv("DBUS_SESSION_BUS_ADDRESS", elsewhere.environment["DBUS_SESSION_BUS_ADDRESS"])
        away.setattr(platform, "node", lambda: "lost-büro")  # the computer's own name is all that differs
        lost = signed_in(tmp_path / "there" / "client", center)
        names = {device.name: device.current for device in lost.devices.listed()}
        assert names["lost-büro"] is True

        away.undo()
        (device,) = [device for device in here.devices.listed() if device.name == "lost-büro"]
        assert not device.current
        assert [device.name for device in here.devices.listed() if device.current] == [platform.node()]
        here.devices.sign_out(device)
        assert "lost-büro" not in [device.name for device in here.devices.listed()]
        here.devices.sign_out(device)  # a second time is fine
        assert here.session.state.status is SessionStatus.SIGNED_IN

        away.setenv("DBUS_SESSION_BUS_ADDRESS", elsewhere.environment["DBUS_SESSION_BUS_ADDRESS"])
        lost.session.forget_access_token()
        with pytest.raises(SessionEnded):
            lost.session.access_token()
        assert lost.session.state.status is SessionStatus.ENDED
        lost.close()
    here.close()


def test_a_center_without_such_a_list_has_none(rooms: Rooms, provider: LyingProvider) -> None:
    rooms.sign_in.start(rooms.sign_in.discover("ben@lima-survey.example")).wait()
    assert rooms.devices.listed() == ()
    assert provider.requests[-1] == "/api/v1/devices"

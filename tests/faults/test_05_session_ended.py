# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The refresh token has expired or was revoked.

Asks once and calmly to sign in again, keeps the e-mail address and the lists, and does not ask the provider
in a loop.

Also shown by tests/ui/test_notices.py::test_a_sign_in_that_ended_is_told_and_leads_to_the_sign_in.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from connection_client.domain.accounts import SessionStatus
from connection_client.domain.errors import SessionEnded
from connection_client.domain.texts import explain
from tests.faults.conftest import sign_in
from tests.faults.desks import FIRST_PAGE, client, looking, person, published_at, run
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider

FORGET = "from allauth.idp.oidc.models import Token; Token.objects.all().delete()"


def test_one_calm_request(open_rooms: Callable[..., Rooms], provider: LyingProvider) -> None:
    rooms = open_rooms()
    account = sign_in(rooms)
    heard: list[SessionStatus] = []
    rooms.session.subscribe(lambda state: heard.append(state.status))
    provider.revoke_everything()
    rooms.session.forget_access_token()
    for _ in range(20):
        with pytest.raises(SessionEnded) as caught:
            rooms.session.access_token()
    assert "sign in again" in explain(caught.value).lower()
    assert heard == [SessionStatus.ENDED]  # told once, however often it is asked for afterwards
    assert provider.requests.count("/token") == 2  # the sign-in, and the one renewal that was refused
    again = open_rooms()
    assert again.session.restore().email == account.email
    sign_in(again)
    assert again.session.access_token()


def test_the_window_keeps_the_lists_and_the_address(center: Center, tmp_path: Path) -> None:
    """With the real Center, which forgets everybody while the client runs."""
    name = published_at(center, tmp_path / "packages", "session-viewer", public=True)
    with person(center, tmp_path, ADMINISTRATOR, ADMINISTRATOR_PASSWORD) as desktop:
        environment = desktop.environment
        run(environment, "sign-in", ADMINISTRATOR)
        with client(environment, tmp_path / "log"), looking(environment) as screen:
            screen.wait_for(name, seconds=60)
            center.manage("shell", "-v", "0", "-c", FORGET)
            screen.click("Check for updates")
            screen.wait_for_text("Your sign-in has ended. Everything is kept.", seconds=60)
            screen.wait_for(name)
            screen.click("Sign in")
            field = screen.wait_for(FIRST_PAGE, "text")
            assert screen.text_of(field) == ADMINISTRATOR
            screen.click("Applications")
            screen.wait_for(name)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The e-mail address has changed, or the wrong one of two accounts is used.

Keeps accounts by issuer and subject, so a new address is the same person; You says who is signed in for which
organisation, and which other account is there.

Also shown by tests/ui/test_other_accounts.py::test_another_account_is_used_without_a_password and
tests/center/test_passwords.py::test_address_is_replaced_once_the_new_one_is_confirmed.
"""

import uuid
from collections.abc import Callable
from pathlib import Path

from tests.faults.conftest import sign_in
from tests.faults.desks import PASSWORD, client, looking, organisation, person, registered, run
from tests.world import key_store
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center
from tests.world.form_browser import form_browser
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider


def test_a_new_address_is_the_same_person(open_rooms: Callable[..., Rooms], provider: LyingProvider) -> None:
    rooms = open_rooms()
    first = sign_in(rooms)
    provider.email = "benedito@lima-survey.example"
    second = sign_in(rooms)
    assert (second.issuer, second.subject) == (first.issuer, first.subject)
    assert rooms.session.refresh_account().email == provider.email
    assert rooms.accounts.listed() == ()
    assert len(key_store.labels()) == 1


def test_another_person_is_another_account(open_rooms: Callable[..., Rooms], provider: LyingProvider) -> None:
    rooms = open_rooms()
    first = sign_in(rooms)
    provider.subject = "another-subject"  # with the same address
    second = sign_in(rooms)
    state = rooms.session.state.account
    assert state is not None
    assert (state.subject, state.organisation) == (second.subject, "Lima Survey")
    assert [other.subject for other in rooms.accounts.listed()] == [first.subject]


def test_the_window_says_who_is_signed_in(center: Center, tmp_path: Path) -> None:
    """Two people of the real Center on one computer."""
    second = f"{uuid.uuid4().hex[:10]}@changing-firm.example"
    organisation(center, "Changing Firm", "changing-firm.example")
    registered(center, second)
    with person(center, tmp_path, ADMINISTRATOR, ADMINISTRATOR_PASSWORD) as desktop:
        environment = dict(desktop.environment)
        run(environment, "sign-in", ADMINISTRATOR)
        environment["BROWSER"] = str(form_browser(tmp_path / "second", second, PASSWORD))
        run(environment, "sign-in", second)
        with client(environment, tmp_path / "log"), looking(environment) as screen:
            screen.wait_for_text("Last checked", seconds=60)
            screen.click("You")
            for said in (second, "Mia Sole", "Changing Firm", "Sign out"):
                screen.wait_for(said)
            screen.wait_for_text(ADMINISTRATOR)  # the other account, with its own address

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Registered, but in no organisation yet, or waiting for approval.

Shows it as a state of its own, with the people to ask; it is no error.
"""

import threading
import uuid
from pathlib import Path

import pytest

from connection_client.domain.accounts import Membership, SessionStatus
from tests.world.center import Center
from tests.world.identity import Rooms
from tests.world.providers.person import sign_in_with_form
from tests.world.visitor import Visitor

PASSWORD = "Quiet-meadow-314"


@pytest.mark.parametrize(
    ("domain", "membership"),
    [("lima-survey.example", Membership.WAITING), ("elsewhere.example", Membership.NONE)],
)
def test_it_is_a_state(
    center: Center, session_bus: str, tmp_path: Path, domain: str, membership: Membership
) -> None:
    assert session_bus
    address = f"{uuid.uuid4().hex[:10]}@{domain}"
    with Visitor(center) as visitor:
        visitor.register(address)
        visitor.confirm(center.wait_for_mail(address))
    rooms = Rooms(tmp_path / "client", center.address.rstrip("/"))
    rooms.browser.works = False
    attempt = rooms.sign_in.start(rooms.sign_in.discover(address))
    person = threading.Thread(target=sign_in_with_form, args=(attempt.url, address, PASSWORD), daemon=True)
    person.start()
    account = attempt.wait()
    person.join(20)
    assert rooms.session.state.status is SessionStatus.SIGNED_IN
    assert account.membership is membership
    helpers = [helper.name for helper in account.administrators]
    assert helpers == (["Ana Lima"] if membership is Membership.WAITING else [])
    rooms.close()

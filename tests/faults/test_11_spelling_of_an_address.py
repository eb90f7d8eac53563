# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The address is typed as ` Jane.DOE@Firm.COM `.

Trims it, compares it without regard to case at every door, and shows it as it was typed.
"""

from pathlib import Path

import pytest

from connection_client.domain.settings import EMAIL
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center
from tests.world.identity import Rooms
from tests.world.visitor import Visitor

TYPED = f"  {ADMINISTRATOR[:3].upper()}{ADMINISTRATOR[3:].title()}\t"


def test_the_client_finds_the_same_person(center: Center, session_bus: str, tmp_path: Path) -> None:
    assert session_bus
    assert TYPED.strip() != ADMINISTRATOR
    rooms = Rooms(tmp_path / "client", center.address.rstrip("/"))
    realm = rooms.sign_in.discover(TYPED)
    assert realm.issuer == rooms.sign_in.discover(ADMINISTRATOR).issuer
    rooms.sign_in.discover(TYPED)
    assert rooms.settings.get(EMAIL) == TYPED.strip()
    rooms.close()


@pytest.mark.parametrize("address", [TYPED, ADMINISTRATOR.upper()])
def test_the_page_lets_the_same_person_in(center: Center, address: str) -> None:
    with Visitor(center) as visitor:
        visitor.sign_in(address, ADMINISTRATOR_PASSWORD)
        assert "Ana Lima" in visitor.open("connected/").text

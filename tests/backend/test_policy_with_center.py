# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An organisation's decision in the real Center reaches the client of one of its people."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from connection_client.backend.update_policy import CenterPolicy
from connection_client.storage.files import write_atomically
from connection_client.updates.policy import Rule, UpdatePolicy, Window
from tests.world.center import ORGANISATION, Center, running_center
from tests.world.center_rooms import signed_in_at
from tests.world.identity import Rooms

DECIDE = f"""
from datetime import time
from connect_center.organisations.models import Organisation
from connect_center.policy.models import UpdatePolicy
UpdatePolicy.objects.create(
    organisation=Organisation.objects.get(name={ORGANISATION!r}), minimum_age_days=3, rings={{"office": 7}},
    window_begins=time(20), window_ends=time(5, 30), window_days="014", deadline_days=30)
"""


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    with running_center(tmp_path / "center") as running:
        yield running


@pytest.fixture
def rooms(center: Center, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rooms]:
    """Ana Lima's client, signed in."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus")
    with signed_in_at(center, tmp_path / "client") as rooms:
        yield rooms


def test_what_an_organisation_decides_reaches_its_computers(
    center: Center, rooms: Rooms, tmp_path: Path
) -> None:
    kept = tmp_path / "policy.json"
    source = CenterPolicy(
        rooms.client,
        lambda: rooms.center.address,
        rooms.session.access_token,
        lambda: "office",
        kept.read_bytes,
        lambda content: write_atomically(kept, content),
    )
    source.refresh()
    assert source.current().rule_of("survey-viewer").window is None

    center.manage("shell", "-c", DECIDE)
    source.refresh()

    rule = Rule("", frozenset(), 3, {"office": 7}, Window(time(20), time(5, 30), frozenset({0, 1, 4})), 30)
    assert source.current() == UpdatePolicy((rule,), "office")

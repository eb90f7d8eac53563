# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The signed list is old, expired, endless or changed.

Refuses it with the reason; the shown list stays with its date, and nothing installs from what was refused.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from connection_client.domain.errors import CatalogueExpired, ClientError
from connection_client.domain.texts import explain
from tests.faults.conftest import installed, shown
from tests.world.delivery import Delivery
from tests.world.faulty_server import Exchange


def endless(exchange: Exchange) -> None:
    exchange.send(200, b"{" + b" " * 30_000_000)


def changed(world: Delivery) -> None:
    timestamp = world.repository.folder / "metadata" / "timestamp.json"
    timestamp.write_text(timestamp.read_text().replace("202", "203", 1))


def too_long(world: Delivery) -> None:
    world.server.answers["/tuf/metadata/timestamp.json"] = endless


def expired(world: Delivery) -> None:
    world.repository.publish(b"{}", expires=datetime.now(UTC).replace(microsecond=0) - timedelta(days=1))


def rolled_back(world: Delivery) -> None:
    folder = world.repository.folder / "metadata"
    old = (folder / "timestamp.json").read_bytes()
    world.publish()
    world.workspace().refresh()
    (folder / "timestamp.json").write_bytes(old)


@pytest.mark.parametrize("attack", [changed, too_long, expired, rolled_back])
def test_it_is_refused(updatable: Delivery, attack: Callable[[Delivery], None]) -> None:
    updatable.workspace().refresh()
    before = updatable.workspace().open()
    attack(updatable)
    workspace = updatable.workspace()
    view = workspace.refresh()
    assert isinstance(view.problem, CatalogueExpired if attack is expired else ClientError)
    assert explain(view.problem)
    if attack is not rolled_back:  # there the newer and empty list is the one that stays
        assert shown(view) == shown(before)
        assert view.confirmed_at == before.confirmed_at
    with pytest.raises(ClientError):
        updatable.install(workspace)
    assert installed(updatable) == "10.1.0.12"

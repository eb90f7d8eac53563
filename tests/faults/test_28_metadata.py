# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The signed list is old, expired, endless, slow, changed, or put together from lists of different days.

Refuses it with the reason; the shown list stays with its date, and nothing installs from what was refused.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from connection_client.backend.tuf_fetchers import HttpFetcher
from connection_client.domain.errors import CatalogueExpired, ClientError
from connection_client.domain.texts import explain
from tests.faults.conftest import shown
from tests.world.catalogues import product_json
from tests.world.delivered import installed, release
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


def mixed(role: str) -> Callable[[Delivery], None]:
    """The newest of all, but for one file that is genuine and of the day before."""

    def attack(world: Delivery) -> None:
        folder = world.repository.folder / "metadata"
        old = (folder / f"{world.repository.version}.{role}.json").read_bytes()
        release_that_nobody_may_see_half(world)
        (folder / f"{world.repository.version}.{role}.json").write_bytes(old)

    attack.__name__ = f"mixed {role}"
    return attack


def mixed_target(world: Delivery) -> None:
    """The list itself is that of the day before, under the newest signatures."""
    old = world.repository.catalogue_file().read_bytes()
    release_that_nobody_may_see_half(world)
    world.repository.catalogue_file().write_bytes(old)


def release_that_nobody_may_see_half(world: Delivery) -> None:
    world.publish(product_json("survey-viewer", release(world, "10.3.0.1")))


ATTACKS = [
    changed,
    too_long,
    expired,
    rolled_back,
    mixed("targets"),
    mixed("snapshot"),
    mixed_target,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
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


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets"])
def test_a_slow_one_is_given_up_and_the_good_one_goes_on(
    updatable: Delivery, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    """Whoever slows it down can hold back news for a while, but put nothing in its place."""
    monkeypatch.setattr(HttpFetcher.__init__, "__defaults__", (1.0,))  # seconds for one file, else 120
    updatable.workspace().refresh()
    before = updatable.workspace().open()
    release_that_nobody_may_see_half(updatable)
    name = role if role == "timestamp" else f"{updatable.repository.version}.{role}"
    content = (updatable.repository.folder / "metadata" / f"{name}.json").read_bytes()
    updatable.server.answers[f"/tuf/metadata/{name}.json"] = lambda exchange: exchange.trickle(content)
    workspace = updatable.workspace()
    began = time.monotonic()
    view = workspace.refresh()
    assert time.monotonic() - began < 10  # all of it would take minutes
    assert isinstance(view.problem, ClientError)
    assert (shown(view), view.confirmed_at) == (shown(before), before.confirmed_at)
    updatable.install(workspace)
    assert installed(updatable) == "10.2.0.7"

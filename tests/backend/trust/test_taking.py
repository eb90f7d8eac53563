# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A list is taken where the keys say so, and refused where anything in it was changed, mixed or is old."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from securesystemslib.signer import CryptoSigner

from connection_client.domain.errors import (
    CatalogueExpired,
    CatalogueNotReadable,
    CatalogueNotTrusted,
    ClientTooOld,
)
from tests.backend.trust.world import FIRST, SECOND, World
from tests.world.catalogues import catalogue_json, product_json, release_json
from tests.world.tuf_repository import ROLES, TufRepository


def test_a_signed_list_is_taken_and_kept_for_the_time_without_network(world: World) -> None:
    world.repository.publish(FIRST)
    assert world.source().cached() is None

    state = world.source().refresh()

    assert state.installable
    assert state.catalogue.product("survey-viewer") is not None
    world.server.close()
    kept = world.source().cached()
    assert kept is not None
    assert kept.catalogue == state.catalogue
    assert kept.confirmed_at == world.now
    assert kept.installable


def test_a_newer_list_replaces_the_kept_one(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    world.repository.publish(SECOND)

    world.source().refresh()

    assert world.versions() == ["10.2.0.7"]


def test_an_unchanged_list_costs_two_requests_and_is_confirmed_again(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    world.server.seen.clear()
    world.now += timedelta(hours=1)

    world.source().refresh()

    assert [seen.path for seen in world.server.seen] == [
        "/tuf/metadata/2.root.json",
        "/tuf/metadata/timestamp.json",
    ]
    kept = world.source().cached()
    assert kept is not None
    assert kept.confirmed_at == world.now


def test_a_list_changed_by_one_byte_is_refused_and_the_old_one_stays(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    world.repository.publish(SECOND)
    file = world.repository.catalogue_file()
    content = bytearray(file.read_bytes())
    content[-2] ^= 1
    file.write_bytes(bytes(content))

    with pytest.raises(CatalogueNotTrusted) as caught:
        world.source().refresh()

    assert "content is not what was signed" in str(caught.value.facts["reason"])
    assert world.versions() == ["10.1.0.12"]


def test_a_kept_list_changed_on_the_disk_is_not_believed(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    (file,) = world.folder.glob("set-*/catalogue%2Fv1.json")
    file.write_bytes(file.read_bytes().replace(b"10.1.0.12", b"10.1.0.13"))

    assert world.source().cached() is None


def test_another_root_does_not_vouch_for_the_kept_list(world: World, tmp_path: Path) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    stranger = TufRepository(tmp_path / "stranger")

    assert world.source(root=stranger.root_bytes).cached() is None


def test_a_forged_signature_is_refused(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    world.repository.publish(SECOND, signers={role: CryptoSigner.generate_ed25519() for role in ROLES})

    with pytest.raises(CatalogueNotTrusted) as caught:
        world.source().refresh()

    assert "keys did not sign" in str(caught.value.facts["reason"])
    assert world.versions() == ["10.1.0.12"]


def test_a_list_older_than_one_seen_before_is_refused(world: World) -> None:
    world.repository.publish(FIRST)
    old = (world.repository.metadata / "timestamp.json").read_bytes()
    world.repository.publish(SECOND)
    world.source().refresh()
    (world.repository.metadata / "timestamp.json").write_bytes(old)

    with pytest.raises(CatalogueNotTrusted) as caught:
        world.source().refresh()

    assert "older" in str(caught.value.facts["reason"])
    assert world.versions() == ["10.2.0.7"]


def test_parts_of_two_publications_are_refused(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    first = (world.repository.metadata / "1.snapshot.json").read_bytes()
    world.repository.publish(SECOND)
    (world.repository.metadata / "2.snapshot.json").write_bytes(first)

    with pytest.raises(CatalogueNotTrusted):
        world.source().refresh()

    assert world.versions() == ["10.1.0.12"]


def test_an_expired_list_is_refused_with_its_date(world: World) -> None:
    ended = datetime(2026, 1, 31, tzinfo=UTC)
    world.repository.publish(FIRST, expires=ended)

    with pytest.raises(CatalogueExpired) as caught:
        world.source().refresh()

    assert caught.value.facts["date"] == ended.date()


def test_a_kept_list_that_expired_is_shown_but_nothing_installs_from_it(world: World) -> None:
    soon = world.now.replace(microsecond=0) + timedelta(days=1)
    world.repository.publish(FIRST, expires=soon)
    world.source().refresh()
    world.now += timedelta(days=2)

    kept = world.source().cached()

    assert kept is not None
    assert kept.catalogue.product("survey-viewer") is not None
    assert not kept.installable
    assert isinstance(kept.problem, CatalogueExpired)
    assert kept.problem.facts["date"] == soon.date()


def test_new_keys_are_taken_from_a_root_that_the_old_one_signed(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    world.repository.rotate_root(lost="timestamp")
    world.repository.publish(SECOND)

    world.source().refresh()

    assert world.versions() == ["10.2.0.7"]


def test_a_list_for_newer_clients_says_so_and_the_old_one_stays(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    world.repository.publish({**SECOND, "min_client": "99.0"})

    with pytest.raises(ClientTooOld) as caught:
        world.source().refresh()

    assert caught.value.facts == {"needed": "99.0", "own": "1.0"}
    assert world.versions() == ["10.1.0.12"]


def test_a_signed_list_that_cannot_be_read_leaves_the_old_one(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    world.repository.publish(json.dumps({"schema": 2}).encode())

    with pytest.raises(CatalogueNotReadable):
        world.source().refresh()

    assert world.versions() == ["10.1.0.12"]


def own_versions(world: World) -> list[str]:
    product = world.source().refresh().catalogue.product("connection-client")
    assert product is not None
    return [release.version_text for release in product.releases]


def test_the_clients_own_releases_come_from_their_own_list_alone(world: World) -> None:
    """Who may sign applications may not replace the client."""
    claimed = catalogue_json(product_json("connection-client", release_json("66.6")))
    signed = catalogue_json(product_json("connection-client", release_json("1.1")), min_client="99.0")

    world.repository.publish(claimed)
    assert own_versions(world) == []
    world.repository.publish(claimed, own=signed)
    assert own_versions(world) == ["1.1"]
    world.repository.publish(claimed, own={"schema": 2})
    assert own_versions(world) == []


def test_a_list_that_is_not_among_the_signed_files_is_refused(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    world.repository.publish(SECOND, listed=False)

    with pytest.raises(CatalogueNotTrusted):
        world.source().refresh()

    assert world.versions() == ["10.1.0.12"]

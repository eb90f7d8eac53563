# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The signed repository, as an independent client sees it over HTTP."""

import json
import random
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tuf.api.exceptions import DownloadError, ExpiredMetadataError, RepositoryError
from tuf.api.metadata import Metadata, Root, Targets

from connect_center.publisher.errors import KeysExposed, KeysMissing, RepositoryDamaged, RepositoryMissing
from connect_center.publisher.keys import KeyRing
from connect_center.publisher.repository import SignedRepository, utc_now
from tests.world.repository import CATALOGUE, fetch, served

DELEGATIONS = {"catalogue": "catalogue/*", "client": "client/*"}


class Clock:
    """Tells the time that a test sets."""

    def __init__(self) -> None:
        self.now = utc_now()

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def repository(tmp_path: Path, clock: Clock) -> SignedRepository:
    keys = tmp_path / "keys"
    made = SignedRepository(tmp_path / "tuf", KeyRing(keys, keys), clock)
    made.initialise(DELEGATIONS)
    made.publish({CATALOGUE: b'{"number": 1}', "client/v1.json": b"{}"})
    return made


@pytest.fixture
def address(tmp_path: Path, repository: SignedRepository) -> Iterator[str]:
    assert repository.exists
    with served(tmp_path / "tuf") as address:
        yield address


@pytest.fixture
def root(tmp_path: Path, repository: SignedRepository) -> bytes:
    assert repository.exists
    return (tmp_path / "tuf" / "metadata" / "1.root.json").read_bytes()


def test_a_client_verifies_what_was_published(tmp_path: Path, address: str, root: bytes) -> None:
    assert fetch(address, root, tmp_path / "cache") == b'{"number": 1}'
    assert fetch(address, root, tmp_path / "cache", "client/v1.json") == b"{}"


def test_a_client_sees_the_next_publication(
    tmp_path: Path, repository: SignedRepository, address: str, root: bytes
) -> None:
    fetch(address, root, tmp_path / "cache")
    repository.publish({CATALOGUE: b'{"number": 2}'})
    assert fetch(address, root, tmp_path / "cache") == b'{"number": 2}'
    assert repository.read(CATALOGUE) == b'{"number": 2}'


def test_each_role_has_a_key_of_its_own(root: bytes, tmp_path: Path) -> None:
    signed = Metadata[Root].from_bytes(root).signed
    assert len(signed.roles["root"].keyids) == 3
    assert signed.roles["root"].threshold == 2
    assert signed.consistent_snapshot
    top = Metadata[Targets].from_file(str(tmp_path / "tuf" / "metadata" / "1.targets.json")).signed
    assert top.delegations is not None
    assert top.delegations.roles is not None
    used = [key for role in signed.roles.values() for key in role.keyids]
    used += [key for role in top.delegations.roles.values() for key in role.keyids]
    assert len(used) == len(set(used)) == 8
    assert {key.keytype for key in signed.keys.values()} == {"ed25519"}


def test_keys_are_for_their_owner_alone(tmp_path: Path, repository: SignedRepository) -> None:
    assert repository.exists
    folder = tmp_path / "keys"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_key_that_others_can_read_signs_nothing(tmp_path: Path, repository: SignedRepository) -> None:
    (tmp_path / "keys" / "catalogue.pem").chmod(0o644)
    with pytest.raises(KeysExposed, match="chmod 600"):
        repository.publish({CATALOGUE: b"{}"})
    assert repository.read(CATALOGUE) == b'{"number": 1}'


@pytest.mark.parametrize(
    "pattern", ["timestamp.json", "*.snapshot.json", "*.targets.json", "*.catalogue.json"]
)
def test_every_changed_byte_of_metadata_is_refused(
    tmp_path: Path, repository: SignedRepository, address: str, root: bytes, pattern: str
) -> None:
    in_force = {state.role: state.version for state in repository.states()}
    role = pattern.removesuffix(".json").removeprefix("*.")
    name = "timestamp.json" if role == "timestamp" else f"{in_force[role]}.{role}.json"
    path = tmp_path / "tuf" / "metadata" / name
    content = path.read_bytes()
    for number, place in enumerate(random.sample(range(len(content)), 60)):
        path.write_bytes(_with_changed_byte(content, place))
        with pytest.raises((RepositoryError, DownloadError)):
            fetch(address, root, tmp_path / f"cache-{number}")
    path.write_bytes(content)
    assert fetch(address, root, tmp_path / "cache") == b'{"number": 1}'


def test_every_changed_byte_of_the_catalogue_is_refused(tmp_path: Path, address: str, root: bytes) -> None:
    (path,) = (tmp_path / "tuf" / "targets" / "catalogue").iterdir()
    content = path.read_bytes()
    for place in range(len(content)):
        path.write_bytes(_with_changed_byte(content, place))
        with pytest.raises((RepositoryError, DownloadError)):
            fetch(address, root, tmp_path / f"cache-{place}")


def _with_changed_byte(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_an_older_publication_is_refused(
    tmp_path: Path, repository: SignedRepository, address: str, root: bytes
) -> None:
    timestamp = tmp_path / "tuf" / "metadata" / "timestamp.json"
    old = timestamp.read_bytes()
    repository.publish({CATALOGUE: b'{"number": 2}'})
    fetch(address, root, tmp_path / "cache")
    timestamp.write_bytes(old)
    with pytest.raises(RepositoryError):
        fetch(address, root, tmp_path / "cache")


def test_a_role_signs_only_its_own_paths(tmp_path: Path, repository: SignedRepository) -> None:
    repository.publish({"catalogue/v2.json": b"{}"})
    top = {state.role: state.version for state in repository.states()}
    assert top["targets"] == 1  # the rarely used key was not needed
    assert top["catalogue"] == 3
    assert top["client"] == 2


def test_what_ends_soon_is_renewed_and_the_rest_is_not(
    tmp_path: Path, clock: Clock, repository: SignedRepository, address: str, root: bytes
) -> None:
    assert repository.renew(timedelta(days=2)) == ()
    clock.now += timedelta(days=2)
    assert repository.renew(timedelta(days=2)) == ("timestamp",)
    assert fetch(address, root, tmp_path / "cache") == b'{"number": 1}'
    clock.now += timedelta(days=29)
    assert set(repository.renew(timedelta(days=2))) == {"timestamp", "snapshot", "catalogue", "client"}
    assert fetch(address, root, tmp_path / "cache") == b'{"number": 1}'
    assert repository.read(CATALOGUE) == b'{"number": 1}'


def test_an_ended_publication_is_refused(tmp_path: Path) -> None:
    keys = tmp_path / "old-keys"
    past = utc_now() - timedelta(days=60)
    repository = SignedRepository(tmp_path / "old", KeyRing(keys, keys), lambda: past)
    repository.initialise(DELEGATIONS)
    repository.publish({CATALOGUE: b"{}"})
    root = (tmp_path / "old" / "metadata" / "1.root.json").read_bytes()
    with served(tmp_path / "old") as address, pytest.raises(ExpiredMetadataError):
        fetch(address, root, tmp_path / "cache")


def test_a_new_root_needs_two_of_three_keys(
    tmp_path: Path, clock: Clock, repository: SignedRepository, address: str, root: bytes
) -> None:
    (tmp_path / "keys" / "root-2.pem").unlink()
    clock.now += timedelta(days=364)
    assert "root" in repository.renew(timedelta(days=2))
    assert fetch(address, root, tmp_path / "cache") == b'{"number": 1}'
    assert (tmp_path / "cache" / "metadata" / "root_history" / "2.root.json").is_file()
    (tmp_path / "keys" / "root-1.pem").unlink()
    clock.now += timedelta(days=364)
    before = {state.role: state.version for state in repository.states()}
    with pytest.raises(KeysMissing, match="2 of 3"):
        repository.renew(timedelta(days=2))
    after = {state.role: state.version for state in repository.states()}
    assert after["root"] == before["root"]
    assert after["timestamp"] == before["timestamp"] + 1  # what could be renewed was


def test_root_keys_may_lie_elsewhere(tmp_path: Path) -> None:
    keys = KeyRing(tmp_path / "here", tmp_path / "vault")
    repository = SignedRepository(tmp_path / "tuf", keys)
    repository.initialise(DELEGATIONS)
    assert sorted(path.stem for path in (tmp_path / "vault").iterdir()) == ["root-1", "root-2", "root-3"]
    assert not [path for path in (tmp_path / "here").iterdir() if path.stem.startswith("root")]
    for path in (tmp_path / "vault").iterdir():
        path.unlink()
    repository.publish({CATALOGUE: b"{}"})  # every day's work needs no root key
    assert repository.read(CATALOGUE) == b"{}"


def test_nothing_is_signed_on_top_of_a_damaged_publication(
    tmp_path: Path, repository: SignedRepository
) -> None:
    version = {state.role: state.version for state in repository.states()}["catalogue"]
    path = tmp_path / "tuf" / "metadata" / f"{version}.catalogue.json"
    document = json.loads(path.read_text())
    document["signed"]["targets"] = {}
    path.write_text(json.dumps(document))
    with pytest.raises(RepositoryDamaged, match="catalogue does not verify"):
        repository.publish({CATALOGUE: b"{}"})


def test_before_the_first_publication_the_way_to_start_is_named(tmp_path: Path) -> None:
    repository = SignedRepository(tmp_path / "tuf", KeyRing(tmp_path, tmp_path))
    with pytest.raises(RepositoryMissing, match="publish init"):
        repository.read(CATALOGUE)


def test_a_start_that_was_cut_off_can_be_repeated(tmp_path: Path) -> None:
    keys = KeyRing(tmp_path / "keys", tmp_path / "keys")
    first = keys.obtain("root-1").public_key
    repository = SignedRepository(tmp_path / "tuf", keys)
    repository.initialise(DELEGATIONS)
    assert first.keyid in repository.root().roles["root"].keyids

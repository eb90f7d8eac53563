# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Keys are changed while clients go on verifying: old ones, new ones, and those that were away."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root

from connect_center.publisher.errors import KeysMissing, RotationRefused
from connect_center.publisher.publishing import CATALOGUE, CLIENT, Publisher
from connect_center.publisher.renewal import renew_once
from connect_center.publisher.repository import SignedRepository, utc_now
from tests.world.repository import fetch, served

ROLES = ("targets", "snapshot", "timestamp", "catalogue", "client", "root-2", "root")
KEYS = ("root-1", "root-2", "root-3")


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "state")
    made.initialise("Example Systems")
    return made


@pytest.fixture
def address(tmp_path: Path, publisher: Publisher) -> Iterator[str]:
    assert publisher.repository.exists
    with served(tmp_path / "state" / "tuf") as address:
        yield address


@pytest.fixture
def root(tmp_path: Path, publisher: Publisher) -> bytes:
    assert publisher.repository.exists
    return (tmp_path / "state" / "tuf" / "metadata" / "1.root.json").read_bytes()


def key(publisher_state: Path, role: str) -> bytes:
    return (publisher_state / "keys" / "tuf" / f"{role}.pem").read_bytes()


def publish_another(publisher: Publisher, text: bytes) -> None:
    publisher.repository.publish({CATALOGUE: text})


@pytest.mark.parametrize("role", ROLES)
def test_a_changed_key_is_followed_by_every_client(
    tmp_path: Path, publisher: Publisher, address: str, root: bytes, role: str
) -> None:
    fetch(address, root, tmp_path / "known")
    names = KEYS if role == "root" else (role,)
    before = [key(tmp_path / "state", name) for name in names]
    publisher.rotate(role)
    assert all(key(tmp_path / "state", name) != old for name, old in zip(names, before, strict=True))
    fetch(address, root, tmp_path / "known")
    publish_another(publisher, b'{"number": 2}')
    assert fetch(address, root, tmp_path / "known") == b'{"number": 2}'  # one that knew the old key
    assert fetch(address, root, tmp_path / "new") == b'{"number": 2}'  # one that was just installed
    assert not list((tmp_path / "state" / "keys" / "tuf").glob("*.next.pem"))


def test_all_keys_changed_one_after_the_other(
    tmp_path: Path, publisher: Publisher, address: str, root: bytes
) -> None:
    fetch(address, root, tmp_path / "known")
    for role in ROLES:
        publisher.rotate(role)
    publish_another(publisher, b'{"number": 2}')
    assert fetch(address, root, tmp_path / "known") == b'{"number": 2}'
    used = [name for signed in publisher.repository.root().roles.values() for name in signed.keyids]
    assert len(set(used)) == 6
    assert len(publisher.repository.root().keys) == 6


def test_a_new_root_is_signed_by_old_and_new_keys(tmp_path: Path, publisher: Publisher) -> None:
    folder = tmp_path / "state" / "tuf" / "metadata"
    publisher.rotate("root")
    old = Metadata[Root].from_file(str(folder / "1.root.json"))
    new = Metadata[Root].from_file(str(folder / "2.root.json"))
    old.verify_delegate("root", new)
    new.verify_delegate("root", new)
    assert not set(old.signed.roles["root"].keyids) & set(new.signed.roles["root"].keyids)


def test_the_old_key_signs_nothing_any_longer(
    tmp_path: Path, publisher: Publisher, address: str, root: bytes
) -> None:
    stolen = key(tmp_path / "state", "timestamp")
    publisher.rotate("timestamp")
    path = tmp_path / "state" / "keys" / "tuf" / "timestamp.pem"
    path.write_bytes(stolen)
    with pytest.raises(RepositoryError):
        _publish_and_fetch(publisher, address, root, tmp_path / "cache")


def _publish_and_fetch(publisher: Publisher, address: str, root: bytes, cache: Path) -> None:
    publish_another(publisher, b'{"number": 2}')
    fetch(address, root, cache)


class Killed(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("role", ["timestamp", "targets", "catalogue", "root-1", "root"])
@pytest.mark.parametrize("writes", range(6))
def test_a_change_that_was_cut_off_hurts_nobody_and_can_be_repeated(
    tmp_path: Path, publisher: Publisher, address: str, root: bytes, monkeypatch: pytest.MonkeyPatch,
    role: str, writes: int,
) -> None:  # fmt: skip
    fetch(address, root, tmp_path / "known")
    replace = Path.replace
    left = [writes]

    def replace_or_die(self: Path, target: Path) -> Path:
        if not left[0]:
            raise Killed
        left[0] -= 1
        return replace(self, target)

    with monkeypatch.context() as patched:  # the disk's own call, as if the power had failed
        patched.setattr(Path, "replace", replace_or_die)
        with suppress(Killed):
            publisher.rotate(role)
    fetch(address, root, tmp_path / "known")
    publish_another(publisher, b'{"number": 2}')
    assert fetch(address, root, tmp_path / "known") == b'{"number": 2}'
    publisher.rotate(role)
    publish_another(publisher, b'{"number": 3}')
    assert fetch(address, root, tmp_path / "known") == b'{"number": 3}'
    assert fetch(address, root, tmp_path / "new") == b'{"number": 3}'


@pytest.mark.parametrize("role", ["timestamp", "targets", "catalogue", "root-2"])
def test_a_lost_key_is_replaced(
    tmp_path: Path, publisher: Publisher, address: str, root: bytes, role: str
) -> None:
    (tmp_path / "state" / "keys" / "tuf" / f"{role}.pem").unlink()
    publisher.rotate(role)
    publish_another(publisher, b'{"number": 2}')
    assert fetch(address, root, tmp_path / "cache") == b'{"number": 2}'


def test_without_two_root_keys_nothing_is_changed(tmp_path: Path, publisher: Publisher) -> None:
    folder = tmp_path / "state" / "keys" / "tuf"
    for name in ("root-1", "root-3"):
        (folder / f"{name}.pem").unlink()
    before = publisher.states()
    for role in ("timestamp", "root"):
        with pytest.raises(KeysMissing, match="2 of 3"):
            publisher.rotate(role)
    assert publisher.states() == before
    assert not list(folder.glob("*.next.pem"))
    publisher.rotate("catalogue")  # needs the key of `targets` only


# ---- delegations ---------------------------------------------------------------------------------
def test_a_delegation_signs_its_folder_until_it_is_taken_back(
    tmp_path: Path, publisher: Publisher, address: str, root: bytes
) -> None:
    fetch(address, root, tmp_path / "known")
    publisher.delegate("partner", "partner/*")
    publisher.repository.publish({"partner/v1.json": b"{}"})
    assert fetch(address, root, tmp_path / "known", "partner/v1.json") == b"{}"
    publisher.rotate("partner")
    publisher.take_back("partner")
    with pytest.raises(AssertionError, match="is not signed"):
        fetch(address, root, tmp_path / "known", "partner/v1.json")
    fetch(address, root, tmp_path / "known")
    publisher.delegate("partner", "partner/*")
    publisher.repository.publish({"partner/v1.json": b"[]"})
    assert fetch(address, root, tmp_path / "known", "partner/v1.json") == b"[]"


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda one: one.delegate("snapshot", "a/*"), "cannot be named “snapshot”"),
        (lambda one: one.delegate("../x", "a/*"), "cannot be named"),
        (lambda one: one.delegate("partner", "*"), "names no folder"),
        (lambda one: one.delegate("partner", "catalogue/*"), "Another role signs"),
        (lambda one: one.take_back("catalogue"), "Clients read"),
        (lambda one: one.take_back("partner"), "There are: catalogue, client"),
        (lambda one: one.rotate("partner"), "The roles: root, root-1"),
    ],
)
def test_what_clients_could_not_follow_is_refused(
    publisher: Publisher, act: Callable[[Publisher], None], sentence: str
) -> None:
    before = publisher.states()
    with pytest.raises(RotationRefused, match=sentence):
        act(publisher)
    assert publisher.states() == before


# ---- what is old ---------------------------------------------------------------------------------
def test_pruning_keeps_what_clients_can_ask_for(
    tmp_path: Path, publisher: Publisher, address: str, root: bytes
) -> None:
    publisher.rotate("root")
    for number in range(5):
        publish_another(publisher, b'{"number": %d}' % number)
    folder = tmp_path / "state" / "tuf"
    assert publisher.prune(timedelta(days=30)) == ()
    for path in folder.rglob("*.json"):
        os.utime(path, (0, 0))
    removed = publisher.prune(timedelta(days=30))
    assert len(removed) > 10
    assert fetch(address, root, tmp_path / "cache") == b'{"number": 4}'
    assert publisher.repository.read(CLIENT)
    assert [path.name for path in sorted((folder / "metadata").glob("*.root.json"))] == [
        "1.root.json",
        "2.root.json",
    ]
    assert len(list((folder / "metadata").glob("*.catalogue.json"))) == 1
    assert len(list((folder / "targets" / "catalogue").iterdir())) == 1
    assert publisher.prune(timedelta(days=30)) == ()


def test_what_was_superseded_lately_stays(tmp_path: Path, publisher: Publisher) -> None:
    before = {state.role: state.version for state in publisher.states()}
    publish_another(publisher, b"{}")
    folder = tmp_path / "state" / "tuf" / "metadata"
    os.utime(folder / f"{before['catalogue']}.catalogue.json", (0, 0))  # long in force, superseded just now
    name = f"{before['catalogue']}.catalogue.json"
    assert name not in publisher.prune(timedelta(days=30))
    assert (folder / name).is_file()


def test_a_running_center_prunes_by_itself(tmp_path: Path, publisher: Publisher) -> None:
    for number in range(3):
        publish_another(publisher, b'{"number": %d}' % number)
    folder = tmp_path / "state" / "tuf"
    for path in folder.rglob("*.json"):
        os.utime(path, (0, 0))
    renew_once(publisher)
    assert len(list((folder / "metadata").glob("*.snapshot.json"))) == 1
    assert publisher.repository.read(CATALOGUE) == b'{"number": 2}'


def test_nothing_is_pruned_from_a_damaged_repository(
    tmp_path: Path, publisher: Publisher, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "state" / "tuf"
    publish_another(publisher, b"{}")
    version = {state.role: state.version for state in publisher.states()}["catalogue"]
    for path in folder.rglob("*.json"):
        os.utime(path, (0, 0))
    (folder / "metadata" / f"{version + 1}.catalogue.json").write_text("half writt")
    before = sorted(folder.rglob("*.json"))
    renew_once(publisher)
    assert sorted(folder.rglob("*.json")) == before
    assert "does not verify" in caplog.text


# ---- the command ---------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_commands(tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.CENTER_STATE = tmp_path
    call_command("publish", "init")
    call_command("publish", "rotate", "root")
    call_command("publish", "delegate", "partner", "partner/*")
    call_command("publish", "take-back", "partner")
    call_command("publish", "prune")
    call_command("publish", "check")
    said = capsys.readouterr().out
    assert "root has a new key." in said
    assert "root: version 2, signed until" in said
    with pytest.raises(CommandError, match="There is no role “chess”"):
        call_command("publish", "rotate", "chess")


@pytest.mark.django_db
def test_the_check_says_what_ends_when(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CENTER_STATE = tmp_path
    call_command("publish", "init")
    with pytest.raises(CommandError, match="The role timestamp ends at") as ended:
        call_command("publish", "check", "--days", "4")
    assert ended.value.returncode == 3
    assert "snapshot" not in str(ended.value)
    assert "snapshot: version" in capsys.readouterr().out
    past = Publisher(tmp_path / "old", clock=lambda: utc_now() - timedelta(days=10))
    past.initialise("Example Systems")
    settings.CENTER_STATE = tmp_path / "old"
    with pytest.raises(CommandError, match="The role timestamp ended at") as wrong:
        call_command("publish", "check")
    assert wrong.value.returncode == 1


def test_the_repository_names_its_delegations(publisher: Publisher) -> None:
    assert isinstance(publisher.repository, SignedRepository)
    assert publisher.repository.delegations() == {"catalogue": "catalogue/*", "client": "client/*"}

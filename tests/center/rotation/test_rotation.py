# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Keys are changed while clients go on verifying: old ones, new ones, and those that were away."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root

from connect_center.publisher.errors import KeysMissing, RotationRefused
from connect_center.publisher.publishing import Publisher
from tests.center.rotation.publishing import key, publish_another
from tests.world.repository import fetch

ROLES = ("targets", "snapshot", "timestamp", "catalogue", "client", "root-2", "root")


KEYS = ("root-1", "root-2", "root-3")


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

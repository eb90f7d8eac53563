# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A TUF repository on disk, with consistent snapshots: readers see one whole publication or the next.

Everything a publication writes gets a new name; only `timestamp.json` is replaced, last and atomically. A
reader in the middle, or a publisher killed in the middle, therefore leaves the old publication in force.
Source: The Update Framework Specification 1.0, sections 5.2 (root), 6 (writing) and 6.2 (consistent snapshots).
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TypeVar

from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from connect_center.publisher.errors import RepositoryDamaged, RepositoryMissing
from connect_center.publisher.files import write_atomically
from connect_center.publisher.keys import ONLINE_ROLES, ROOT_KEYS, ROOT_THRESHOLD, KeyRing

LIFETIMES = {
    "root": timedelta(days=365),
    "targets": timedelta(days=180),
    "snapshot": timedelta(days=30),
    "timestamp": timedelta(days=3),
}
DELEGATED_LIFETIME = timedelta(days=30)
_SERIALIZER = JSONSerializer(compact=True)
_Signed = TypeVar("_Signed", bound=Signed)
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment in whole seconds, as TUF writes it."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class RoleState:
    """The version of a role's metadata that is in force, and when it ends."""

    role: str
    version: int
    expires: datetime


class SignedRepository:
    """The folder `folder` with `metadata/` and `targets/`, signed by the keys of `keys`.

    Not safe against a second writer: whoever writes holds the publisher's lock.
    """

    def __init__(self, folder: Path, keys: KeyRing, clock: Clock = utc_now) -> None:
        self._metadata = folder / "metadata"
        self._targets = folder / "targets"
        self._keys = keys
        self._clock = clock

    @property
    def exists(self) -> bool:
        """Whether something was ever published."""
        return (self._metadata / "timestamp.json").is_file()

    def initialise(self, delegations: Mapping[str, str]) -> None:
        """Make all keys and the first version; `delegations` maps a role to its pattern of target paths."""
        root = Root(version=1, expires=self._end("root"), consistent_snapshot=True)
        root_signers = [self._keys.obtain(name) for name in ROOT_KEYS]
        for signer in root_signers:
            root.add_key(signer.public_key, "root")
        root.roles["root"].threshold = ROOT_THRESHOLD
        for role in ONLINE_ROLES:
            root.add_key(self._keys.obtain(role).public_key, role)
        roles = {
            name: DelegatedRole(name, [], 1, terminating=True, paths=[pattern])
            for name, pattern in delegations.items()
        }
        targets = Targets(version=1, expires=self._end("targets"), delegations=Delegations({}, roles))
        for name in delegations:
            targets.add_key(self._keys.obtain(name).public_key, name)
        self._write(root, "root", *root_signers)
        empty = {name: Targets(version=1, expires=self._end(name)) for name in delegations}
        self._put_in_force({"targets": targets, **empty}, Snapshot(version=0), Timestamp(version=0))

    def publish(self, files: Mapping[str, bytes]) -> None:
        """Put `files` (target path to content) in force, all at once. Raises PublishError, OSError."""
        targets = self._targets_metadata()
        changed: dict[str, Targets] = {}
        for path, content in files.items():
            role = _role_for(targets["targets"], path)
            signed = changed.setdefault(role, targets[role])
            signed.targets[path] = TargetFile.from_data(path, content, ["sha256"])
            write_atomically(self._target_path(path, hashlib.sha256(content).hexdigest()), content)
        for role, signed in changed.items():
            signed.version += 1
            signed.expires = self._end(role)
        self._put_in_force(changed, self._snapshot(), self._timestamp())

    def renew(self, within: timedelta) -> tuple[str, ...]:
        """Sign anew whatever ends within that time; returns the roles. Raises KeysMissing."""
        soon = self._clock() + within
        ending = [state.role for state in self.states() if state.expires <= soon]
        if "root" in ending:
            root = self.root()
            root.version += 1
            root.expires = self._end("root")
            self._write(root, "root", *self._keys.root_signers())
        if set(ending) - {"root"}:
            targets = {role: signed for role, signed in self._targets_metadata().items() if role in ending}
            for role, signed in targets.items():
                signed.version += 1
                signed.expires = self._end(role)
            self._put_in_force(targets, self._snapshot(), self._timestamp())
        return tuple(ending)

    def read(self, path: str) -> bytes:
        """The content of a target that is in force. Raises RepositoryMissing, RepositoryDamaged."""
        targets = self._targets_metadata()
        info = targets[_role_for(targets["targets"], path)].targets.get(path)
        if info is None:
            raise RepositoryMissing(f"{path} was never published. Publish a package first.")
        try:
            content = self._target_path(path, info.hashes["sha256"]).read_bytes()
            info.verify_length_and_hashes(content)
        except (OSError, RepositoryError) as error:
            raise _damaged(path, error) from error
        return content

    def states(self) -> tuple[RoleState, ...]:
        """All roles in force, after their signatures were checked. Raises RepositoryDamaged."""
        signed: dict[str, Signed] = {
            "root": self.root(),
            "timestamp": self._timestamp(),
            "snapshot": self._snapshot(),
        }
        signed.update(self._targets_metadata())
        return tuple(RoleState(role, part.version, part.expires) for role, part in signed.items())

    def root(self) -> Root:
        """The newest root."""
        if not self.exists:
            raise RepositoryMissing(
                f"Nothing was ever published in {self._metadata.parent}. Nothing was changed. Start with: publish init"
            )
        version = max(int(path.name.partition(".")[0]) for path in self._metadata.glob("*.root.json"))
        root = self._load(Root, f"{version}.root.json")
        self._verify(root.signed, "root", root)
        return root.signed

    # ---- inside ----------------------------------------------------------------------------------
    def _targets_metadata(self) -> dict[str, Targets]:
        snapshot = self._snapshot()
        top = self._load(Targets, f"{snapshot.meta['targets.json'].version}.targets.json")
        self._verify(self.root(), "targets", top)
        found = {"targets": top.signed}
        for role in _delegated(top.signed):
            part = self._load(Targets, f"{snapshot.meta[f'{role}.json'].version}.{role}.json")
            self._verify(top.signed, role, part)
            found[role] = part.signed
        return found

    def _snapshot(self) -> Snapshot:
        snapshot = self._load(Snapshot, f"{self._timestamp().snapshot_meta.version}.snapshot.json")
        self._verify(self.root(), "snapshot", snapshot)
        return snapshot.signed

    def _timestamp(self) -> Timestamp:
        root = self.root()
        timestamp = self._load(Timestamp, "timestamp.json")
        self._verify(root, "timestamp", timestamp)
        return timestamp.signed

    def _put_in_force(self, targets: Mapping[str, Targets], snapshot: Snapshot, timestamp: Timestamp) -> None:
        for role, signed in targets.items():
            content = self._write(signed, role, self._keys.signer(role))
            snapshot.meta[f"{role}.json"] = MetaFile.from_data(signed.version, content, ["sha256"])
        snapshot.version += 1
        snapshot.expires = self._end("snapshot")
        content = self._write(snapshot, "snapshot", self._keys.signer("snapshot"))
        timestamp.version += 1
        timestamp.expires = self._end("timestamp")
        timestamp.snapshot_meta = MetaFile.from_data(snapshot.version, content, ["sha256"])
        self._write(timestamp, "timestamp", self._keys.signer("timestamp"))

    def _write(self, signed: Signed, role: str, *signers: CryptoSigner) -> bytes:
        metadata = Metadata(signed)
        for signer in signers:
            metadata.sign(signer, append=True)
        content = metadata.to_bytes(_SERIALIZER)
        name = "timestamp.json" if role == "timestamp" else f"{signed.version}.{role}.json"
        write_atomically(self._metadata / name, content)
        return content

    def _load(self, kind: type[_Signed], name: str) -> Metadata[_Signed]:
        try:
            metadata: Metadata[_Signed] = Metadata.from_file(str(self._metadata / name))
        except (OSError, RepositoryError) as error:
            raise _damaged(name, error) from error
        if not isinstance(metadata.signed, kind):
            raise _damaged(name, TypeError(f"it is of the type {metadata.signed.type}"))
        return metadata

    def _verify(self, delegator: Root | Targets, role: str, metadata: Metadata[_Signed]) -> None:
        try:
            delegator.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
        except RepositoryError as error:
            raise _damaged(role, error) from error

    def _target_path(self, path: str, sha256: str) -> Path:
        pure = PurePosixPath(path)
        return self._targets / pure.parent / f"{sha256}.{pure.name}"

    def _end(self, role: str) -> datetime:
        return self._clock() + LIFETIMES.get(role, DELEGATED_LIFETIME)


def _delegated(targets: Targets) -> tuple[str, ...]:
    roles = targets.delegations.roles if targets.delegations else None
    return tuple(roles or ())


def _role_for(targets: Targets, path: str) -> str:
    """The role that signs a target path: the first delegation that claims it, else `targets`."""
    if targets.delegations is None:
        return "targets"
    return next((name for name, _terminating in targets.delegations.get_roles_for_target(path)), "targets")


def _damaged(name: str, error: Exception) -> RepositoryDamaged:
    return RepositoryDamaged(
        f"The published {name} does not verify ({error}). Nothing was signed on top of it. "
        "Restore the state folder from its copy, then run: publish check"
    )

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A TUF repository on disk, with consistent snapshots: readers see one whole publication or the next.

Everything a publication writes gets a new name; only `timestamp.json` is replaced, last and atomically. A
reader in the middle, or a publisher killed in the middle, therefore leaves the old publication in force.
Source: The Update Framework Specification 1.0, sections 4 (documents) and 6 (consistent snapshots).
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from connect_center.publisher.errors import RepositoryMissing
from connect_center.publisher.files import write_atomically
from connect_center.publisher.keys import ONLINE_ROLES, ROOT_KEYS, ROOT_THRESHOLD, KeyRing
from connect_center.publisher.metadata_files import MetadataFiles, SignedPart, damaged, verify

LIFETIMES = {
    "root": timedelta(days=365),
    "targets": timedelta(days=180),
    "snapshot": timedelta(days=30),
    "timestamp": timedelta(days=3),
}
DELEGATED_LIFETIME = timedelta(days=30)
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
        self._metadata = MetadataFiles(folder / "metadata")
        self._targets = folder / "targets"
        self._keys = keys
        self._clock = clock

    @property
    def exists(self) -> bool:
        """Whether something was ever published."""
        return self._metadata.exists

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
        self._metadata.write(root, "root", *root_signers)
        empty = {name: Targets(version=1, expires=self._end(name)) for name in delegations}
        snapshot = Snapshot(version=1, expires=self._end("snapshot"))
        timestamp = Timestamp(version=1, expires=self._end("timestamp"))
        self._put_in_force({"targets": targets, **empty}, snapshot, timestamp)

    def publish(self, files: Mapping[str, bytes]) -> None:
        """Put `files` (target path to content) in force, all at once. Raises PublishError, OSError."""
        targets = self._targets_metadata()
        changed: dict[str, Targets] = {}
        for path, content in files.items():
            role = _role_for(targets["targets"], path)
            signed = changed.setdefault(role, targets[role])
            signed.targets[path] = TargetFile.from_data(path, content, ["sha256"])
            write_atomically(self._target_path(path, hashlib.sha256(content).hexdigest()), content)
        self._put_next_in_force(changed)

    def renew(self, within: timedelta) -> tuple[str, ...]:
        """Sign anew whatever ends within that time; returns the roles. Raises KeysMissing."""
        soon = self._clock() + within
        ending = [state.role for state in self.states() if state.expires <= soon]
        if set(ending) - {"root"}:
            targets = {role: signed for role, signed in self._targets_metadata().items() if role in ending}
            self._put_next_in_force(targets)
        if "root" in ending:  # last: its keys may be elsewhere, which must not keep the others from renewal
            self._metadata.write(self._next(self.root(), "root"), "root", *self._keys.root_signers())
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
            raise damaged(path, error) from error
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
                f"Nothing was ever published in {self._targets.parent}. Nothing was changed. "
                "Start with: publish init"
            )
        root = self._metadata.load(Root, f"{self._metadata.newest_root()}.root.json")
        verify(root.signed, "root", root)
        return root.signed

    # ---- inside ----------------------------------------------------------------------------------
    def _targets_metadata(self) -> dict[str, Targets]:
        snapshot = self._snapshot()
        top = self._metadata.load(Targets, f"{snapshot.meta['targets.json'].version}.targets.json")
        verify(self.root(), "targets", top)
        found = {"targets": top.signed}
        for role in _delegated(top.signed):
            part = self._metadata.load(Targets, f"{snapshot.meta[f'{role}.json'].version}.{role}.json")
            verify(top.signed, role, part)
            found[role] = part.signed
        return found

    def _snapshot(self) -> Snapshot:
        snapshot = self._metadata.load(Snapshot, f"{self._timestamp().snapshot_meta.version}.snapshot.json")
        verify(self.root(), "snapshot", snapshot)
        return snapshot.signed

    def _timestamp(self) -> Timestamp:
        root = self.root()
        timestamp = self._metadata.load(Timestamp, "timestamp.json")
        verify(root, "timestamp", timestamp)
        return timestamp.signed

    def _put_next_in_force(self, targets: Mapping[str, Targets]) -> None:
        following = {role: self._next(signed, role) for role, signed in targets.items()}
        snapshot, timestamp = (
            self._next(self._snapshot(), "snapshot"),
            self._next(self._timestamp(), "timestamp"),
        )
        self._put_in_force(following, snapshot, timestamp)

    def _next(self, signed: SignedPart, role: str) -> SignedPart:
        signed.version += 1
        signed.expires = self._end(role)
        return signed

    def _put_in_force(self, targets: Mapping[str, Targets], snapshot: Snapshot, timestamp: Timestamp) -> None:
        for role, signed in targets.items():
            content = self._metadata.write(signed, role, self._keys.signer(role))
            snapshot.meta[f"{role}.json"] = MetaFile.from_data(signed.version, content, ["sha256"])
        content = self._metadata.write(snapshot, "snapshot", self._keys.signer("snapshot"))
        timestamp.snapshot_meta = MetaFile.from_data(snapshot.version, content, ["sha256"])
        self._metadata.write(timestamp, "timestamp", self._keys.signer("timestamp"))

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

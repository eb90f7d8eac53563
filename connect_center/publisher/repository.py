# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A TUF repository on disk, with consistent snapshots: readers see one whole publication or the next.

Everything a publication writes gets a new name; only `timestamp.json` is replaced, last and atomically. A
reader in the middle, or a publisher killed in the middle, therefore leaves the old publication in force.
Source: The Update Framework Specification 1.0, sections 4 (documents) and 6 (consistent snapshots).
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from connect_center.publisher.files import write_atomically
from connect_center.publisher.in_force import InForce, RoleState, role_for
from connect_center.publisher.keys import ONLINE_ROLES, ROOT_KEYS, ROOT_THRESHOLD, KeyRing
from connect_center.publisher.metadata_files import MetadataFiles, SignedPart
from connect_center.publisher.pruning import prune

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


class SignedRepository:
    """The folder `folder` with `metadata/` and `targets/`, signed by the keys of `keys`.

    Not safe against a second writer: whoever writes holds the publisher's lock.
    """

    def __init__(self, folder: Path, keys: KeyRing, clock: Clock = utc_now) -> None:
        self._metadata = MetadataFiles(folder / "metadata")
        self._targets = folder / "targets"
        self._in_force = InForce(self._metadata, self._targets)
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
        targets = self._in_force.targets()
        changed: dict[str, Targets] = {}
        for path, content in files.items():
            role = role_for(targets["targets"], path)
            signed = changed.setdefault(role, targets[role])
            signed.targets[path] = TargetFile.from_data(path, content, ["sha256"])
            write_atomically(self._in_force.target_path(path, hashlib.sha256(content).hexdigest()), content)
        self._put_next_in_force(changed)

    def renew(self, within: timedelta) -> tuple[str, ...]:
        """Sign anew whatever ends within that time; returns the roles. Raises KeysMissing."""
        soon = self._clock() + within
        ending = [state.role for state in self.states() if state.expires <= soon]
        if set(ending) - {"root"}:
            targets = {role: signed for role, signed in self._in_force.targets().items() if role in ending}
            self._put_next_in_force(targets)
        if "root" in ending:  # last: its keys may be elsewhere, which must not keep the others from renewal
            self.change_root(lambda _root: None)
        return tuple(ending)

    def read(self, path: str) -> bytes:
        """The content of a target that is in force. Raises RepositoryMissing, RepositoryDamaged."""
        return self._in_force.read(path)

    def states(self) -> tuple[RoleState, ...]:
        """All roles in force, after their signatures were checked. Raises RepositoryDamaged."""
        return self._in_force.states()

    def root(self) -> Root:
        """The newest root. Raises RepositoryMissing, RepositoryDamaged."""
        return self._in_force.root()

    def delegations(self) -> dict[str, str]:
        """The roles that `targets` delegates to, and the paths that each signs."""
        top = self._in_force.targets()["targets"]
        roles = (top.delegations.roles if top.delegations else None) or {}
        return {name: ", ".join(role.paths or ()) for name, role in roles.items()}

    def change_root(self, change: Callable[[Root], None]) -> None:
        """Sign a new root, with all root keys that are here. Raises KeysMissing."""
        root = self.root()
        change(root)
        self._metadata.write(self._next(root, "root"), "root", *self._keys.root_signers())

    def change_delegations(self, change: Callable[[Targets], None], *signing: str) -> None:
        """Sign new delegations, and the roles `signing` again, new ones empty, all at once."""
        targets = self._in_force.targets()
        top = targets["targets"]
        change(top)
        known = self._in_force.snapshot().meta
        for role in signing:
            if role not in targets:  # the version of a role that there was before goes on
                before = known.get(f"{role}.json")
                targets[role] = Targets(version=before.version if before else 1, expires=self._end(role))
        self._put_next_in_force({"targets": top, **{role: targets[role] for role in signing}})

    def sign_again(self, *roles: str) -> None:
        """Sign the next versions of those roles; snapshot and timestamp always are."""
        targets = self._in_force.targets()
        self._put_next_in_force({role: targets[role] for role in roles if role in targets})

    def prune(self, before: datetime) -> tuple[str, ...]:
        """Remove what was superseded before that moment; returns the names of the files."""
        return prune(self._metadata.folder, self._targets, self._in_force, before)

    # ---- inside ----------------------------------------------------------------------------------
    def _put_next_in_force(self, targets: Mapping[str, Targets]) -> None:
        following = {role: self._next(signed, role) for role, signed in targets.items()}
        snapshot, timestamp = (
            self._next(self._in_force.snapshot(), "snapshot"),
            self._next(self._in_force.timestamp(), "timestamp"),
        )
        self._put_in_force(following, snapshot, timestamp)

    def _next(self, signed: SignedPart, role: str) -> SignedPart:
        signed.version += 1
        signed.expires = self._end(role)
        return signed

    def _put_in_force(self, targets: Mapping[str, Targets], snapshot: Snapshot, timestamp: Timestamp) -> None:
        for role, signed in targets.items():
            content = self._metadata.write(signed, role, *self._keys.signers(role))
            snapshot.meta[f"{role}.json"] = MetaFile.from_data(signed.version, content, ["sha256"])
        content = self._metadata.write(snapshot, "snapshot", *self._keys.signers("snapshot"))
        timestamp.snapshot_meta = MetaFile.from_data(snapshot.version, content, ["sha256"])
        self._metadata.write(timestamp, "timestamp", *self._keys.signers("timestamp"))

    def _end(self, role: str) -> datetime:
        return self._clock() + LIFETIMES.get(role, DELEGATED_LIFETIME)

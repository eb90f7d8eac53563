# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a repository on disk says at this moment; nothing is believed before its signatures were checked."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Root, Signed, Snapshot, Targets, Timestamp

from connect_center.publisher.errors import RepositoryMissing
from connect_center.publisher.metadata_files import MetadataFiles, damaged, verify


@dataclass(frozen=True)
class RoleState:
    """The version of a role's metadata that is in force, and when it ends."""

    role: str
    version: int
    expires: datetime


class InForce:
    """Reads the metadata of `metadata` and the targets below `folder`."""

    def __init__(self, metadata: MetadataFiles, folder: Path) -> None:
        self._metadata = metadata
        self._folder = folder

    def read(self, path: str) -> bytes:
        """The content of a target that is in force. Raises RepositoryMissing, RepositoryDamaged."""
        targets = self.targets()
        info = targets[role_for(targets["targets"], path)].targets.get(path)
        if info is None:
            raise RepositoryMissing(f"{path} was never published. Publish a package first.")
        try:
            content = self.target_path(path, info.hashes["sha256"]).read_bytes()
            info.verify_length_and_hashes(content)
        except (OSError, RepositoryError) as error:
            raise damaged(path, error) from error
        return content

    def states(self) -> tuple[RoleState, ...]:
        """All roles in force, after their signatures were checked. Raises RepositoryDamaged."""
        signed: dict[str, Signed] = {
            "root": self.root(),
            "timestamp": self.timestamp(),
            "snapshot": self.snapshot(),
        }
        signed.update(self.targets())
        return tuple(RoleState(role, part.version, part.expires) for role, part in signed.items())

    def root(self) -> Root:
        """The newest root."""
        if not self._metadata.exists:
            raise RepositoryMissing(
                f"Nothing was ever published in {self._folder.parent}. Nothing was changed. "
                "Start with: publish init"
            )
        root = self._metadata.load(Root, f"{self._metadata.newest_root()}.root.json")
        verify(root.signed, "root", root)
        return root.signed

    def targets(self) -> dict[str, Targets]:
        """`targets` and the roles that it delegates to."""
        snapshot = self.snapshot()
        top = self._metadata.load(Targets, f"{snapshot.meta['targets.json'].version}.targets.json")
        verify(self.root(), "targets", top)
        found = {"targets": top.signed}
        for role in delegated(top.signed):
            part = self._metadata.load(Targets, f"{snapshot.meta[f'{role}.json'].version}.{role}.json")
            verify(top.signed, role, part)
            found[role] = part.signed
        return found

    def snapshot(self) -> Snapshot:
        """Which versions belong together."""
        snapshot = self._metadata.load(Snapshot, f"{self.timestamp().snapshot_meta.version}.snapshot.json")
        verify(self.root(), "snapshot", snapshot)
        return snapshot.signed

    def timestamp(self) -> Timestamp:
        """Which snapshot is the newest."""
        root = self.root()
        timestamp = self._metadata.load(Timestamp, "timestamp.json")
        verify(root, "timestamp", timestamp)
        return timestamp.signed

    def target_path(self, path: str, sha256: str) -> Path:
        """Where the file of a target lies: its name begins with its hash."""
        pure = PurePosixPath(path)
        return self._folder / pure.parent / f"{sha256}.{pure.name}"


def delegated(targets: Targets) -> tuple[str, ...]:
    """The names of the roles that `targets` delegates to."""
    roles = targets.delegations.roles if targets.delegations else None
    return tuple(roles or ())


def role_for(targets: Targets, path: str) -> str:
    """The role that signs a target path: the first delegation that claims it, else `targets`."""
    if targets.delegations is None:
        return "targets"
    return next((name for name, _terminating in targets.delegations.get_roles_for_target(path)), "targets")

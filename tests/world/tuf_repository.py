# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A small real TUF repository with consistent snapshots, made with the TUF metadata API; keys in memory."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

TARGET = "catalogue/v1.json"
OWN_TARGET = "client/v1.json"
ROLES = ("root", "targets", "snapshot", "timestamp")


class TufRepository:
    """Writes `metadata/` and `targets/` below `folder`; every `publish` is a new version of all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.metadata = folder / "metadata"
        self.targets = folder / "targets"
        self.metadata.mkdir(parents=True)
        for name in (TARGET, OWN_TARGET):
            (self.targets / name).parent.mkdir(parents=True)
        self.signers = {role: CryptoSigner.generate_ed25519() for role in ROLES}
        self.version = 0
        self.root = Root(version=1, expires=_in(days=365), consistent_snapshot=True)
        for role, signer in self.signers.items():
            self.root.add_key(signer.public_key, role)
        self._write("root", self.root, "1.root.json")

    @property
    def root_bytes(self) -> bytes:
        """The first root: what a client is shipped with."""
        return (self.metadata / "1.root.json").read_bytes()

    def publish(
        self,
        catalogue: Mapping[str, object] | bytes,
        *,
        expires: datetime | None = None,
        signers: Mapping[str, CryptoSigner] | None = None,
        own: Mapping[str, object] | None = None,
        listed: bool = True,
        others: Mapping[str, bytes] | None = None,
    ) -> None:
        """Sign a catalogue; other `signers` make a forgery, an `expires` in the past an old one.

        `own` is the list of the client's own releases; `others` are further targets.
        """
        content = catalogue if isinstance(catalogue, bytes) else json.dumps(catalogue).encode()
        self.version += 1
        targets = Targets(version=self.version, expires=_in(days=90))
        if listed:
            targets.targets[TARGET] = self._put(TARGET, content)
        if own is not None:
            targets.targets[OWN_TARGET] = self._put(OWN_TARGET, json.dumps(own).encode())
        for name, target in (others or {}).items():
            targets.targets[name] = self._put(name, target)
        snapshot = Snapshot(version=self.version, expires=_in(days=30))
        snapshot.meta["targets.json"] = MetaFile(self.version)
        timestamp = Timestamp(version=self.version, expires=expires or _in(days=30))
        timestamp.snapshot_meta = MetaFile(self.version)
        self._write("targets", targets, f"{self.version}.targets.json", signers)
        self._write("snapshot", snapshot, f"{self.version}.snapshot.json", signers)
        self._write("timestamp", timestamp, "timestamp.json", signers)

    def rotate_root(self, *, lost: str) -> None:
        """A new root that replaces the key of one role, signed by the old and the new."""
        old = self.signers["root"]
        new = CryptoSigner.generate_ed25519()
        self.root.version += 1
        self.root.revoke_key(self.signers[lost].public_key.keyid, lost)
        self.root.add_key(new.public_key, lost)
        self.signers[lost] = new
        self._write("root", self.root, f"{self.root.version}.root.json", {"root": old})

    def _put(self, name: str, content: bytes) -> TargetFile:
        digest = hashlib.sha256(content).hexdigest()
        folder, _, base = name.partition("/")
        (self.targets / folder / f"{digest}.{base}").write_bytes(content)
        return TargetFile(len(content), {"sha256": digest}, name)

    def catalogue_file(self) -> Path:
        """Where the newest catalogue lies."""
        return max((self.targets / "catalogue").iterdir(), key=lambda path: path.stat().st_mtime_ns)

    def _write(
        self,
        role: str,
        signed: Any,
        name: str,
        signers: Mapping[str, CryptoSigner] | None = None,
    ) -> None:
        metadata: Metadata[Any] = Metadata(signed)
        metadata.sign((signers or self.signers)[role])
        if role == "root" and signers is not None:
            metadata.sign(self.signers["root"], append=True)
        metadata.to_file(str(self.metadata / name))


def _in(*, days: int) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""TUF metadata as files: written whole under their version, read and verified."""

from pathlib import Path
from typing import TypeVar

from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

from connect_center.publisher.errors import RepositoryDamaged
from connect_center.publisher.files import write_atomically

SignedPart = TypeVar("SignedPart", Root, Timestamp, Snapshot, Targets)
_SERIALIZER = JSONSerializer(compact=True)


class MetadataFiles:
    """The folder `metadata/` of a repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether a publication was ever completed."""
        return (self.folder / "timestamp.json").is_file()

    def newest_root(self) -> int:
        """The version of the newest root."""
        return max(int(path.name.partition(".")[0]) for path in self.folder.glob("*.root.json"))

    def write(self, signed: SignedPart, role: str, *signers: CryptoSigner) -> bytes:
        """Sign and write; returns the bytes of the file."""
        metadata: Metadata[SignedPart] = Metadata(signed)
        for signer in signers:
            metadata.sign(signer, append=True)
        content = metadata.to_bytes(_SERIALIZER)
        name = "timestamp.json" if role == "timestamp" else f"{signed.version}.{role}.json"
        write_atomically(self.folder / name, content)
        return content

    def load(self, kind: type[SignedPart], name: str) -> Metadata[SignedPart]:
        """Read a file of that kind. Raises RepositoryDamaged."""
        try:
            metadata = Metadata[SignedPart].from_file(str(self.folder / name))
        except (OSError, RepositoryError) as error:
            raise damaged(name, error) from error
        if not isinstance(metadata.signed, kind):
            raise damaged(name, TypeError(f"it is of the type {metadata.signed.type}"))
        return metadata


def verify(delegator: Root | Targets, role: str, metadata: Metadata[SignedPart]) -> None:
    """Check the signatures of a role by those who may sign it. Raises RepositoryDamaged."""
    try:
        delegator.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except RepositoryError as error:
        raise damaged(role, error) from error


def damaged(name: str, error: Exception) -> RepositoryDamaged:
    """The error that says which published file does not verify, and why."""
    return RepositoryDamaged(
        f"The published {name} does not verify ({error}). Nothing was signed on top of it. "
        "Restore the state folder from its copy, then run: publish check"
    )

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The private keys of the signed repository: one Ed25519 key for each role, three for the root.

The embedded default keeps all of them in the state folder (0600), so that a Center runs without anybody's
help. An organisation that publishes for others names another folder for the root keys when it starts
(`publish init --root-keys DIR`), keeps that folder offline, and brings it only to renew or change the root.
"""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner

from connect_center.publisher.errors import KeysExposed, KeysMissing
from connect_center.publisher.files import create_privately, readable_by_others

ROOT_THRESHOLD = 2
ROOT_KEYS = ("root-1", "root-2", "root-3")
ONLINE_ROLES = ("targets", "snapshot", "timestamp")
_NEXT = ".next"


@dataclass(frozen=True)
class KeyRing:
    """Where the private keys lie: `folder` for every day, `root_folder` for the root's."""

    folder: Path
    root_folder: Path

    def obtain(self, role: str) -> CryptoSigner:
        """The key of `role`, made now where there is none: a start that was cut off can be repeated."""
        path = self._path(role)
        if not path.is_file():
            create_privately(path, CryptoSigner.generate_ed25519().private_bytes)
        return self.signer(role)

    def signer(self, role: str) -> CryptoSigner:
        """The key of `role`. Raises KeysMissing, KeysExposed."""
        path = self._path(role)
        if not path.is_file():
            raise KeysMissing(
                f"The key “{role}” is not in {path.parent}. Nothing was signed. "
                "Bring the folder that holds it (--root-keys DIR for the root), or run this where the key is."
            )
        if readable_by_others(path):
            raise KeysExposed(
                f"Others on this computer can read the key {path}. Nothing was signed. "
                f"Take their right away (chmod 600 {path}), and change the key if they may have read it."
            )
        key = load_pem_private_key(path.read_bytes(), None)
        return CryptoSigner(key)

    def signers(self, role: str) -> tuple[CryptoSigner, ...]:
        """The key of `role`, and while it is changed the next one. Raises KeysMissing, KeysExposed."""
        names = [name for name in (role, _next(role)) if self._path(name).is_file()]
        return tuple(self.signer(name) for name in names or [role])

    def root_signers(self) -> tuple[CryptoSigner, ...]:
        """Those root keys that are here. Raises KeysMissing when they are fewer than the threshold."""
        names = [name for name in ROOT_KEYS if self._path(name).is_file()]
        if len(names) < ROOT_THRESHOLD:
            raise KeysMissing(
                f"The root needs {ROOT_THRESHOLD} of {len(ROOT_KEYS)} root keys, and {len(names)} are "
                f"in {self.root_folder}. Nothing was signed. Bring them and name their folder (--root-keys)."
            )
        names += [_next(name) for name in ROOT_KEYS if self._path(_next(name)).is_file()]
        return tuple(self.signer(name) for name in names)

    def has(self, role: str) -> bool:
        """Whether the key of `role` is here."""
        return self._path(role).is_file()

    def begin_change(self, role: str) -> CryptoSigner:
        """The key that shall follow; a change that was cut off goes on with the same one."""
        return self.obtain(_next(role))

    def end_change(self, role: str) -> None:
        """From now on the key that follows is the key; the old one is gone."""
        self._path(_next(role)).replace(self._path(role))

    def _path(self, role: str) -> Path:
        is_root = role.removesuffix(_NEXT) in ROOT_KEYS
        return (self.root_folder if is_root else self.folder) / f"{role}.pem"


def _next(role: str) -> str:
    return f"{role}{_NEXT}"

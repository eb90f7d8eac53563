# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Windows Credential Manager for secrets of any length: it keeps 2,560 bytes in one piece and no more.

Some providers' refresh tokens are longer. The pieces are written first and the entry that names them last,
so a reader finds the old secret or the new one.
"""

import contextlib
import secrets

from keyring.backends.Windows import WinVaultKeyring
from keyring.errors import PasswordDeleteError

PIECE = 1200  # characters; each takes two bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE is 2,560)
_MARK = "CONNECTION Client, in pieces:"


class PiecewiseVault(WinVaultKeyring):
    """As keyring's backend, for longer secrets too."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, None where there is none or a piece of it is missing."""
        entry = self._read(service, username)
        names = _names(entry, username)
        pieces = [self._read(service, name) for name in names]
        if not names:
            return entry
        return None if None in pieces else "".join(piece or "" for piece in pieces)

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret in place of the old one."""
        old = self._read(service, username)
        entry = password
        if len(password.encode("utf-16-le")) > 2 * PIECE:
            texts = [password[start : start + PIECE // 2] for start in range(0, len(password), PIECE // 2)]
            entry = f"{_MARK}{secrets.token_hex(4)}:{len(texts)}"
            for name, text in zip(_names(entry, username), texts, strict=True):
                self._write(service, name, text)
        self._write(service, username, entry)
        self._forget(service, _names(old, username))

    def delete_password(self, service: str, username: str) -> None:
        """Forget the secret and its pieces."""
        old = self._read(service, username)
        self._forget(service, [username, *_names(old, username)])

    def _read(self, service: str, name: str) -> str | None:
        value: str | None = super().get_password(service, name)  # type: ignore[no-untyped-call]
        return value

    def _write(self, service: str, name: str, text: str) -> None:
        super().set_password(service, name, text)  # type: ignore[no-untyped-call]

    def _forget(self, service: str, names: list[str]) -> None:
        for name in names:
            with contextlib.suppress(PasswordDeleteError):
                super().delete_password(service, name)  # type: ignore[no-untyped-call]


def _names(entry: str | None, username: str) -> list[str]:
    """Under which names the pieces lie that an entry speaks of; none where it is the secret itself."""
    if entry is None or not entry.startswith(_MARK):
        return []
    generation, _, count = entry.removeprefix(_MARK).partition(":")
    return [f"{username}.{generation}.{number}" for number in range(int(count))]

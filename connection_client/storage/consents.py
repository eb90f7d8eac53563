# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the people of this computer account agreed to, in one file; it holds no token."""

import threading
from datetime import datetime
from pathlib import Path

from connection_client.domain.accounts import Account
from connection_client.domain.consents import Consent
from connection_client.storage.files import read_json, write_json
from connection_client.storage.update_locks import lock_beside

_TEXTS = ("issuer", "subject", "audience", "name", "program")


class ConsentFile:
    """Implements `broker.ports.Consents`; an entry that cannot be read is none, and is asked for again.

    Commands change it beside a client that runs: a lock guards it between threads and between processes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._lock_beside = lock_beside(path)

    def of(self, account: Account) -> tuple[Consent, ...]:
        """All of an account, newest first."""
        own = [one for one in self._all() if (one.issuer, one.subject) == (account.issuer, account.subject)]
        return tuple(sorted(own, key=lambda one: one.agreed_at, reverse=True))

    def add(self, consent: Consent) -> None:
        """Keep one, in place of an older one for the same; raises FolderNotWritable."""
        with self._lock, self._lock_beside():
            self._write([*(one for one in self._all() if _what(one) != _what(consent)), consent])

    def remove(self, consent: Consent) -> None:
        """Forget one; raises FolderNotWritable."""
        with self._lock, self._lock_beside():
            self._write([one for one in self._all() if _what(one) != _what(consent)])

    def _all(self) -> list[Consent]:
        try:
            said = read_json(self._path)
        except (OSError, ValueError):
            return []
        found = [_parsed(entry) for entry in said] if isinstance(said, list) else []
        return [consent for consent in found if consent is not None]

    def _write(self, consents: list[Consent]) -> None:
        write_json(
            self._path,
            [
                {name: getattr(one, name) for name in _TEXTS} | {"agreed_at": one.agreed_at.isoformat()}
                for one in consents
            ],
        )


def _what(consent: Consent) -> tuple[str, ...]:
    return tuple(getattr(consent, name) for name in ("issuer", "subject", "audience", "program"))


def _parsed(entry: object) -> Consent | None:
    if not isinstance(entry, dict):
        return None
    texts = [entry.get(name) for name in _TEXTS]
    try:
        agreed_at = datetime.fromisoformat(str(entry.get("agreed_at")))
    except ValueError:
        return None
    if not all(isinstance(text, str) for text in texts) or agreed_at.tzinfo is None:
        return None
    issuer, subject, audience, name, program = (str(text) for text in texts)
    return Consent(issuer, subject, audience, name, program, agreed_at)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The account that was signed in last, on disk without any secret, so that a start needs no network."""

import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from connection_client.domain.accounts import Account, Membership, Person
from connection_client.identity.ports import Remembered, Revocation
from connection_client.storage.file_lock import FileLock
from connection_client.storage.files import as_text, read_json, write_json
from connection_client.storage.locks import LOCK_SECONDS, held


class AccountFile:
    """`account.json` in the data folder; safe for several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "account.json"
        self._lock = FileLock(folder / "account.lock", LOCK_SECONDS)
        self._thread = threading.RLock()

    def load(self) -> Remembered:
        """What is remembered; nothing where there is no file or an unreadable one."""
        try:
            return _remembered(read_json(self._path) or {})
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return Remembered()

    def change(self, alter: Callable[[Remembered], Remembered]) -> None:
        """Replace what is remembered in one step; raises FolderNotWritable, SessionBusy."""
        with self._thread, held(self._lock):
            write_json(self._path, asdict(alter(self.load())))


def _remembered(kept: Any) -> Remembered:  # whatever lies in the file
    """What the file says; raises ValueError, TypeError, KeyError or AttributeError where it is not ours.

    By hand: a library for it is loaded by every start, and this is all that would use it there.
    """
    active = kept.get("account")
    return Remembered(
        None if active is None else _account(active),
        tuple(
            Revocation(as_text(one["issuer"]), as_text(one["name"])) for one in kept.get("revocations", ())
        ),
        tuple(_account(other) for other in kept.get("others", ())),
    )


def _account(kept: Any) -> Account:  # as above
    people = tuple(
        Person(as_text(one["name"]), as_text(one["email"])) for one in kept.get("administrators", ())
    )
    roles = tuple(kept.get("roles", ()))
    if not all(isinstance(role, str) for role in roles):
        raise ValueError(roles)
    texts = {name: as_text(kept[name]) for name in ("issuer", "subject", "email", "name")}
    more = {name: as_text(kept[name]) for name in ("organisation", "country", "revision") if name in kept}
    membership = Membership(kept.get("membership", Membership.NONE))
    return Account(**texts, **more, membership=membership, roles=roles, administrators=people)

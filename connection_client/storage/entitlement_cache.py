# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Center's signed answers in a file for each account; they are checked again when they are read."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from connection_client.domain.accounts import Account
from connection_client.domain.fingerprint import fingerprint
from connection_client.launch.ports import SignedAnswers
from connection_client.storage.files import read_json, write_json
from connection_client.storage.session_folder import make_private


class EntitlementFiles:
    """Implements the port EntitlementCache in `folder`. The file's name tells nothing of the person."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, account: Account) -> SignedAnswers | None:
        """What was kept; a file that cannot be read counts as none, and the Center is asked again."""
        try:
            return _parse(read_json(self._file(account)), account)
        except (OSError, ValueError):
            return None

    def save(self, account: Account, answers: SignedAnswers) -> None:
        """Replace what was kept; raises FolderNotWritable."""
        make_private(self._folder)
        value = {
            "issuer": account.issuer,
            "subject": account.subject,
            "confirmed_at": answers.confirmed_at.isoformat(),
            "latest": answers.latest.isoformat(),
            "keys": answers.keys,
            "tokens": dict(answers.tokens),
            "etag": answers.etag,
        }
        write_json(self._file(account), value)

    def forget(self, account: Account) -> None:
        """Remove what was kept; a file that cannot be removed is of no use to anybody else."""
        with suppress(OSError):
            self._file(account).unlink()

    def _file(self, account: Account) -> Path:
        name = fingerprint(f"{account.issuer}\n{account.subject}").hex()[:32]
        return self._folder / f"{name}.json"


def _parse(value: object, account: Account) -> SignedAnswers | None:
    """The file's content; raises ValueError where it is not what was written."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ValueError(value)  # noqa: TRY004  # the file is wrong, not the program
    texts = [value.get(name) for name in ("confirmed_at", "latest", "keys")]
    tokens, etag = value.get("tokens"), value.get("etag", "")
    if (value.get("issuer"), value.get("subject")) != (account.issuer, account.subject):
        return None
    if not isinstance(tokens, dict) or not all(
        isinstance(text, str) for text in (*texts, etag, *tokens.values())
    ):
        raise ValueError(value)
    confirmed_at, latest = (datetime.fromisoformat(str(text)) for text in texts[:2])
    if confirmed_at.tzinfo is None or latest.tzinfo is None:
        raise ValueError(value)
    return SignedAnswers(confirmed_at, latest, str(texts[2]), tokens, str(etag))

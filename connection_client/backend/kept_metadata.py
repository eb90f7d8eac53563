# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What providers said of themselves, kept for a day: renewing a token needs no second request then."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec

from connection_client.backend.provider_metadata import Metadata, read_metadata
from connection_client.domain.errors import CenterAnswersNonsense, FolderNotWritable, TokenRefused

HOLDS = timedelta(days=1)


class _Entry(msgspec.Struct, frozen=True):
    at: datetime
    said: dict[str, object]


class KeptMetadata:
    """`load` gives the file or raises OSError; `keep` replaces it. Nothing in it is secret."""

    def __init__(
        self,
        load: Callable[[], bytes],
        keep: Callable[[bytes], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._load, self._keep, self._clock = load, keep, clock

    def of(self, issuer: str) -> Metadata | None:
        """What that issuer said within a day, checked like a new answer; None where it has to be asked."""
        entry = self._entries().get(issuer)
        if entry is None or not timedelta() <= self._clock() - entry.at < HOLDS:
            return None
        try:
            return read_metadata(entry.said, issuer)
        except (CenterAnswersNonsense, TokenRefused):
            return None

    def note(self, issuer: str, said: dict[str, object]) -> None:
        """Keep an answer; where that is impossible, the next renewal asks again."""
        self._change(self._entries() | {issuer: _Entry(self._clock(), said)})

    def forget(self, issuer: str) -> None:
        """It holds no longer."""
        entries = self._entries()
        if entries.pop(issuer, None) is not None:
            self._change(entries)

    def _entries(self) -> dict[str, _Entry]:
        try:
            return msgspec.json.decode(self._load(), type=dict[str, _Entry])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return {}

    def _change(self, entries: dict[str, _Entry]) -> None:
        with suppress(FolderNotWritable):
            self._keep(msgspec.json.encode(entries))


def nothing_kept() -> KeptMetadata:
    """For a program that keeps nothing."""

    def load() -> bytes:
        raise FileNotFoundError

    return KeptMetadata(load, lambda _content: None)

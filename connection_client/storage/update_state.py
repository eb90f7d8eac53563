# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the person decided about updates, on this computer; it never roams, so it lies in the state folder."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable
from connection_client.storage.files import read_json, write_json
from connection_client.updates.choices import Choices, Unmoved


class UpdateState:
    """Implements `updates.choices.ChoiceStore` in one JSON file; `lock` guards it across processes.

    A file that cannot be read counts as empty: an update offered once too often is no harm.
    """

    def __init__(self, path: Path, lock: Callable[[], AbstractContextManager[object]]) -> None:
        self._path = path
        self._lock = lock

    def read(self) -> Choices:
        """The choices as they are now; the random id of this computer is made at the first time."""
        try:
            return _from_json(read_json(self._path))
        except (OSError, ValueError, KeyError, TypeError):
            pass
        try:
            with self._lock():
                return self._read()
        except FolderNotWritable:
            return Choices(computer=uuid.uuid4().hex)

    def skip(self, product_id: str, version: str) -> None:
        """Do not offer this release again; raises FolderNotWritable."""
        self._change(lambda old: replace(old, skipped=old.skipped | {(product_id, version)}))

    def offer_again(self, product_id: str) -> None:
        """Offer every release of the product again that was skipped; raises FolderNotWritable."""

        def unskipped(old: Choices) -> Choices:
            left = frozenset(pair for pair in old.skipped if pair[0] != product_id)
            return replace(old, skipped=left)

        self._change(unskipped)

    def remind(self, product_id: str, at: datetime | None) -> None:
        """Say nothing about the product before `at`, or speak again; raises FolderNotWritable."""

        def later(old: Choices) -> Choices:
            others = tuple(pair for pair in old.remind_at if pair[0] != product_id)
            mine = ((product_id, at.astimezone(UTC)),) if at is not None else ()
            return replace(old, remind_at=(*others, *mine))

        self._change(later)

    def ignore(self, product_id: str, *, ignored: bool) -> None:
        """Leave the product alone or look after it again; raises FolderNotWritable."""
        one = frozenset({product_id})
        self._change(lambda old: replace(old, ignored=old.ignored | one if ignored else old.ignored - one))

    def remember_unmoved(self, unmoved: Unmoved) -> None:
        """Keep that this release did not move the version; raises FolderNotWritable."""
        self._change(lambda old: replace(old, unmoved=old.unmoved | {unmoved}))

    def _change(self, change: Callable[[Choices], Choices]) -> None:
        with self._lock():
            write_json(self._path, _as_json(change(self._read())))

    def _read(self) -> Choices:
        try:
            return _from_json(read_json(self._path))
        except (OSError, ValueError, KeyError, TypeError):
            fresh = Choices(computer=uuid.uuid4().hex)
        try:
            write_json(self._path, _as_json(fresh))
        except FolderNotWritable:
            return fresh
        return fresh


def _as_json(choices: Choices) -> Mapping[str, object]:
    return {
        "computer": choices.computer,
        "skipped": sorted(map(list, choices.skipped)),
        "remind_at": [[product, at.isoformat()] for product, at in choices.remind_at],
        "ignored": sorted(choices.ignored),
        "unmoved": sorted([one.product_id, one.version, one.found] for one in choices.unmoved),
    }


def _from_json(value: object) -> Choices:
    if not isinstance(value, dict):
        raise TypeError(value)
    reminders = [(str(product), datetime.fromisoformat(at)) for product, at in value["remind_at"]]
    return Choices(
        computer=str(value["computer"]),
        skipped=frozenset((str(product), str(version)) for product, version in value["skipped"]),
        remind_at=tuple((product, at) for product, at in reminders if at.tzinfo is not None),
        ignored=frozenset(str(product) for product in value["ignored"]),
        unmoved=frozenset(Unmoved(*map(str, one)) for one in value["unmoved"]),
    )

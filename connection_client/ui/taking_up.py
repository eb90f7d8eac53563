# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What goes on after a start: only what the person agreed to before, and only as it was agreed to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from connection_client.domain.recommendations import Blocker
from connection_client.ui.operation import STAGES, Operation, Stage

if TYPE_CHECKING:
    from connection_client.updates.queue import Agreed
    from connection_client.workspace.view import Row, View


def taken_up(agreed: Iterable[Agreed], view: View) -> tuple[Operation, ...]:
    """The operations that go on, or wait for the person; what is done or offered no more is left out."""
    return tuple(_still_wanted(agreed, view))


def offered_version(row: Row | None) -> str:
    """The version that is recommended, "" for none."""
    wanted = row.recommendation if row is not None else None
    return wanted.release.version_text if wanted is not None else ""


def asks_for_rights(agreed: Agreed, view: View) -> bool:
    """Whether a password may be asked for: never at the start of a session, before anybody wants anything."""
    row = view.row(agreed.product_id)
    wanted = row.recommendation if row is not None else None
    return agreed.back or (wanted is not None and wanted.needs_rights)


def _still_wanted(agreed: Iterable[Agreed], view: View) -> Iterator[Operation]:
    for one in agreed:
        row = view.row(one.product_id)
        if row is None or not _is_same(one, row):
            continue
        stage = STAGES[one.waiting]
        # What has to be decided or put right first waits for the person, and so does a file of theirs.
        if one.file is not None or (not one.back and _has_to_wait(row)):
            stage = Stage.PAUSED
        yield Operation(one.product_id, stage, file=one.file, version=one.version, back=one.back, at=one.at)


def _is_same(one: Agreed, row: Row) -> bool:
    if one.back:
        return row.earlier == one.version
    return one.file is not None or offered_version(row) == one.version


def _has_to_wait(row: Row) -> bool:
    blockers = row.recommendation.blockers if row.recommendation is not None else ()
    return any(blocker is not Blocker.APPLICATION_RUNNING for blocker in blockers)

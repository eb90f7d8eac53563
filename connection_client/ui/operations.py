# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The queue of installations: one at a time, each can be paused, gone on with and cancelled."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from connection_client.domain.errors import DownloadCancelled
from connection_client.domain.progress import Phase, Progress
from connection_client.ui.closed_watch import ClosedWatch
from connection_client.ui.operation import PASSING, Operation, Stage
from connection_client.ui.operation_work import Work
from connection_client.ui.taking_up import asks_for_rights, offered_version, taken_up

if TYPE_CHECKING:
    from connection_client.ui.background import Background
    from connection_client.updates.queue import Agreed, AgreedStore
    from connection_client.workspace.view import InstallReport
    from connection_client.workspace.workspace import Workspace

_SECONDS_BETWEEN_PICTURES = 0.1  # a faster progress would only keep the screen busy


class Operations(QObject):
    """Starts them in the order in which they were asked for; `changed` names the product each time.

    What was agreed to is kept before anything begins, so that it goes on after the program was ended.
    `resumed` holds what an earlier run had not finished.
    """

    changed = Signal(str)
    cancelled = Signal(str, str)  # a product and its version that a person does not want now

    def __init__(
        self, background: Background, workspace: Workspace, store: AgreedStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._background, self._workspace, self._store = background, workspace, store
        self._all: dict[str, Operation] = {}
        self._running = ""
        self._stop = threading.Event()
        self._pausing = False
        self._last_picture = 0.0
        self._not_taken_up: tuple[Agreed, ...] = store.unfinished
        self._kept: tuple[Agreed, ...] = store.unfinished
        self._number = 0
        self.resumed: tuple[str, ...] = ()
        self._closed = ClosedWatch(background, workspace, self._held, self)
        self._closed.closed.connect(self._on_closed)

    def of(self, product_id: str) -> Operation | None:
        """What is going on with that product."""
        return self._all.get(product_id)

    @property
    def under_way(self) -> tuple[Operation, ...]:
        """Those that run or wait for their turn."""
        return tuple(operation for operation in self._all.values() if operation.under_way)

    def start(self, product_id: str, file: Path | None = None, *, unattended: bool = False) -> None:
        """Queue an installation or go on with a paused one; asked for twice it runs once."""
        known = self._all.pop(product_id, None)
        if known is not None and known.under_way:
            self._all[product_id] = known
            return
        progress = known.progress if known is not None else Progress(Phase.WAITING)
        file = file or (known.file if known is not None else None)
        back = known is not None and known.back and known.stage is not Stage.DONE
        version = (
            known.version
            if known is not None and back
            else offered_version(self._workspace.view.row(product_id))
        )
        waiting = replace(progress, phase=Phase.WAITING)
        self._set(
            Operation(
                product_id, progress=waiting, file=file, version=version, back=back, unattended=unattended
            )
        )
        self._next()

    def go_back(self, product_id: str, version: str) -> None:
        """Queue the way back to the version that was there before."""
        known = self._all.get(product_id)
        if known is None or not known.under_way:
            self._set(Operation(product_id, version=version, back=True))
            self._next()

    def hold(self, product_id: str, *, asking: bool = False) -> None:
        """Go on as soon as the application has been closed; with `asking`, its windows are asked to."""
        known = self._all.get(product_id)
        if known is None or known.under_way:
            return
        self._set(replace(known, stage=Stage.HELD, error=None, asked=None, unattended=False))
        if asking:
            ask = partial(self._workspace.running.ask_to_close, product_id)
            self._background.run(ask, partial(self._on_asked, product_id))
        self._closed.start()

    def take_up(self, *, attended: bool = True) -> None:
        """Go on with what an earlier run of the program left, as far as it is still what was agreed to.

        Where nobody is there, what would ask for a password waits until somebody is.
        """
        view, waiting = self._workspace.view, self._not_taken_up
        later = () if attended else tuple(one for one in waiting if asks_for_rights(one, view))
        left = (one for one in waiting if one not in later and one.product_id not in self._all)
        self._not_taken_up = later
        again = taken_up(left, view)
        self.resumed += tuple(operation.product_id for operation in again)
        for operation in again:
            self._set(operation)
        if any(operation.stage is Stage.HELD for operation in again):
            self._closed.start()
        self._remember()
        self._next()

    def pause(self, product_id: str) -> None:
        """Stop it so that `start` goes on where it was."""
        self._halt(product_id, pausing=True)

    def cancel(self, product_id: str) -> None:
        """Stop it and forget it."""
        operation = self._all.get(product_id)
        if operation is not None and operation.can_stop:
            self.cancelled.emit(product_id, operation.version)
        self._halt(product_id, pausing=False)

    def forget(self, product_id: str) -> None:
        """Take an ended operation off the list."""
        operation = self._all.get(product_id)
        if operation is not None and not operation.under_way:
            self._remove(product_id)

    def close(self) -> None:
        """Stop downloads when the program ends; an installer that runs goes on by itself."""
        self._closed.stop()
        self._stop.set()

    def _halt(self, product_id: str, *, pausing: bool) -> None:
        operation = self._all.get(product_id)
        if operation is None or not operation.can_stop:
            return
        if product_id == self._running:
            self._pausing = pausing
            self._stop.set()
        elif pausing:
            self._set(replace(operation, stage=Stage.PAUSED, unattended=False))
        else:
            self._remove(product_id)

    def _next(self) -> None:
        waiting = next((op for op in self._all.values() if op.stage is Stage.QUEUED), None)
        if self._running or waiting is None:
            return
        self._running, self._stop, self._pausing = waiting.product_id, threading.Event(), False
        self._set(replace(waiting, stage=Stage.RUNNING))
        work = Work(
            self._workspace,
            waiting,
            keep=partial(self._store.keep, self._number, self._kept),
            show=partial(self._show, waiting.product_id),
            stop=self._stop,
        )
        self._background.run(work.run, self._on_done, partial(self._on_error, work.windows))

    def _show(self, product_id: str, progress: Progress) -> None:
        """Called on the worker."""
        now = time.monotonic()
        shown = self._all.get(product_id)
        new_phase = shown is None or shown.progress.phase is not progress.phase
        if new_phase or now - self._last_picture >= _SECONDS_BETWEEN_PICTURES:
            self._last_picture = now
            self._background.post(self._on_progress, (product_id, progress))

    def _on_progress(self, what: tuple[str, Progress]) -> None:
        product_id, progress = what
        operation = self._all.get(product_id)
        if operation is not None and operation.stage is Stage.RUNNING:
            self._set(replace(operation, progress=progress))

    def _on_done(self, report: InstallReport) -> None:
        operation = self._all[self._running]
        self._end(replace(operation, stage=Stage.DONE, report=report))

    def _on_error(self, windows: list[str], error: Exception) -> None:
        operation = self._all[self._running]
        if isinstance(error, DownloadCancelled):
            paused = replace(operation, stage=Stage.PAUSED, unattended=False)
            self._end(paused if self._pausing else None)
        elif operation.unattended and isinstance(error, PASSING):
            self._end(None)
        else:
            self._end(replace(operation, stage=Stage.FAILED, error=error, windows=tuple(windows)))

    def _end(self, operation: Operation | None) -> None:
        product_id, self._running = self._running, ""
        if operation is not None:
            self._set(operation)
        else:
            self._remove(product_id)
        self._next()

    def _on_asked(self, product_id: str, asked: bool) -> None:  # noqa: FBT001  # the answer of a job
        held = self._all.get(product_id)
        if held is not None and held.stage is Stage.HELD:
            self._set(replace(held, asked=asked))

    def _held(self) -> list[str]:
        return [product_id for product_id, one in self._all.items() if one.stage is Stage.HELD]

    def _on_closed(self, closed: tuple[str, ...]) -> None:
        for product_id in closed:
            held = self._all.get(product_id)
            if held is not None and held.stage is Stage.HELD:
                self._set(replace(held, stage=Stage.QUEUED, asked=None))
        self._next()

    def _set(self, operation: Operation) -> None:
        self._all[operation.product_id] = operation
        self._remember()
        self.changed.emit(operation.product_id)

    def _remove(self, product_id: str) -> None:
        self._all.pop(product_id, None)
        self._remember()
        self.changed.emit(product_id)

    def _remember(self) -> None:
        """Keep what is agreed to and not finished, on a worker; progress alone is no reason to write."""
        own = tuple(agreed for one in self._all.values() if (agreed := one.agreed) is not None)
        left = tuple(one for one in self._not_taken_up if one.product_id not in self._all)
        if (*left, *own) != self._kept:
            self._kept = (*left, *own)
            self._number += 1
            self._background.run(partial(self._store.keep, self._number, self._kept))

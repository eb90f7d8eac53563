# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The queue of installations: one at a time, each can be paused, gone on with and cancelled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from connection_client.domain.errors import DownloadCancelled
from connection_client.domain.progress import Phase, Progress

if TYPE_CHECKING:
    from connection_client.ui.background import Background
    from connection_client.workspace.view import InstallReport
    from connection_client.workspace.workspace import Workspace

_SECONDS_BETWEEN_PICTURES = 0.1  # a faster progress would only keep the screen busy


class Stage(StrEnum):
    """Where an operation stands."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"
    DONE = "done"


@dataclass(frozen=True)
class Operation:
    """One installation as the pages show it; `file` is set where a person brought the package."""

    product_id: str
    stage: Stage = Stage.QUEUED
    progress: Progress = field(default_factory=lambda: Progress(Phase.WAITING))
    file: Path | None = None
    error: Exception | None = None
    report: InstallReport | None = None

    @property
    def under_way(self) -> bool:
        """Whether it runs or waits for its turn."""
        return self.stage in (Stage.QUEUED, Stage.RUNNING)

    @property
    def can_stop(self) -> bool:
        """An installer that has started is never cut off."""
        early = (Phase.WAITING, Phase.DOWNLOADING, Phase.VERIFYING)
        return self.stage is Stage.PAUSED or (self.under_way and self.progress.phase in early)


class Operations(QObject):
    """Starts them in the order in which they were asked for; `changed` names the product each time."""

    changed = Signal(str)

    def __init__(self, background: Background, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._workspace = workspace
        self._all: dict[str, Operation] = {}
        self._running = ""
        self._stop = threading.Event()
        self._pausing = False
        self._last_picture = 0.0

    def of(self, product_id: str) -> Operation | None:
        """What is going on with that product."""
        return self._all.get(product_id)

    @property
    def under_way(self) -> tuple[Operation, ...]:
        """Those that run or wait."""
        return tuple(operation for operation in self._all.values() if operation.under_way)

    def start(self, product_id: str, file: Path | None = None) -> None:
        """Queue an installation or go on with a paused one; asked for twice it runs once."""
        known = self._all.pop(product_id, None)
        if known is not None and known.under_way:
            self._all[product_id] = known
            return
        progress = known.progress if known is not None else Progress(Phase.WAITING)
        file = file or (known.file if known is not None else None)
        self._set(Operation(product_id, progress=replace(progress, phase=Phase.WAITING), file=file))
        self._next()

    def pause(self, product_id: str) -> None:
        """Stop it so that `start` goes on where it was."""
        self._halt(product_id, pausing=True)

    def cancel(self, product_id: str) -> None:
        """Stop it and forget it."""
        self._halt(product_id, pausing=False)

    def forget(self, product_id: str) -> None:
        """Take an ended operation off the list."""
        operation = self._all.get(product_id)
        if operation is not None and not operation.under_way:
            del self._all[product_id]
            self.changed.emit(product_id)

    def close(self) -> None:
        """Stop downloads when the program ends; an installer that runs goes on by itself."""
        self._stop.set()

    def _halt(self, product_id: str, *, pausing: bool) -> None:
        operation = self._all.get(product_id)
        if operation is None or not operation.can_stop:
            return
        if product_id == self._running:
            self._pausing = pausing
            self._stop.set()
        elif pausing:
            self._set(replace(operation, stage=Stage.PAUSED))
        else:
            del self._all[product_id]
            self.changed.emit(product_id)

    def _next(self) -> None:
        waiting = next((op for op in self._all.values() if op.stage is Stage.QUEUED), None)
        if self._running or waiting is None:
            return
        self._running, self._stop, self._pausing = waiting.product_id, threading.Event(), False
        self._set(replace(waiting, stage=Stage.RUNNING))
        self._background.run(self._job(waiting, self._stop), self._on_done, self._on_error)

    def _job(self, operation: Operation, stop: threading.Event) -> Callable[[], InstallReport]:
        def show(progress: Progress) -> None:
            now = time.monotonic()
            shown = self._all.get(operation.product_id)
            new_phase = shown is None or shown.progress.phase is not progress.phase
            if new_phase or now - self._last_picture >= _SECONDS_BETWEEN_PICTURES:
                self._last_picture = now
                self._background.post(self._on_progress, (operation.product_id, progress))

        def job() -> InstallReport:
            if operation.file is not None:
                return self._workspace.install_file(operation.file, show, stop)
            return self._workspace.install(operation.product_id, show, stop)

        return job

    def _on_progress(self, what: tuple[str, Progress]) -> None:
        product_id, progress = what
        operation = self._all.get(product_id)
        if operation is not None and operation.stage is Stage.RUNNING:
            self._set(replace(operation, progress=progress))

    def _on_done(self, report: InstallReport) -> None:
        operation = self._all[self._running]
        self._end(replace(operation, stage=Stage.DONE, report=report))

    def _on_error(self, error: Exception) -> None:
        operation = self._all[self._running]
        if not isinstance(error, DownloadCancelled):
            self._end(replace(operation, stage=Stage.FAILED, error=error))
        elif self._pausing:
            self._end(replace(operation, stage=Stage.PAUSED))
        else:
            self._end(None)

    def _end(self, operation: Operation | None) -> None:
        product_id, self._running = self._running, ""
        if operation is not None:
            self._set(operation)
        else:
            self._all.pop(product_id, None)
            self.changed.emit(product_id)
        self._next()

    def _set(self, operation: Operation) -> None:
        self._all[operation.product_id] = operation
        self.changed.emit(operation.product_id)

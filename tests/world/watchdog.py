# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Notices when the main thread does not come back to its event loop, and says where it was."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from PySide6.QtCore import QTimer

_BEAT_MS, _LOOK_SECONDS = 4, 0.004


@dataclass(frozen=True)
class Block:
    """The main thread was away for `milliseconds`; `where` is what it did when it was noticed."""

    milliseconds: float
    where: str


class Watchdog:
    """Watches the thread that makes it, from `with` to its end; what takes longer than `limit` ms is kept."""

    def __init__(self, limit: float = 50.0) -> None:
        self._limit = limit / 1000
        self._main = threading.get_ident()
        self._beat_at = time.perf_counter()
        self._timer = QTimer(interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._stopped = threading.Event()
        self._where = ""
        self.longest = 0.0
        self.blocks: list[Block] = []
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._beat_at = time.perf_counter()
        self._timer.start()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._beat()
        self._timer.stop()
        self._stopped.set()
        self._thread.join()

    def _beat(self) -> None:
        now = time.perf_counter()
        away, self._beat_at = now - self._beat_at, now
        self.longest = max(self.longest, away * 1000)
        where, self._where = self._where, ""
        if away > self._limit:
            self.blocks.append(Block(away * 1000, where))

    def _watch(self) -> None:
        while not self._stopped.wait(_LOOK_SECONDS):
            if time.perf_counter() - self._beat_at > self._limit and not self._where:
                frame = sys._current_frames().get(self._main)  # the documented way to look
                self._where = "".join(traceback.format_stack(frame)[-6:])

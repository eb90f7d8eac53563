# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A workspace that installs in steps which a test can hold."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connection_client.domain.errors import ApplicationRunning, DownloadCancelled, FileNotKnown
from connection_client.domain.progress import Phase, Progress
from connection_client.updates.history import HistoryEntry
from connection_client.workspace.view import FileMatch, InstallReport, Row, View
from tests.world.sample_identity import Told
from tests.world.sample_products import NOW, SURVEY, installed


class SampleRunning:
    """Applications that run, by their windows; `obedient` ones close when they are asked to."""

    def __init__(self) -> None:
        self.windows: dict[str, tuple[str, ...]] = {}
        self.obedient = True
        self.asked: list[str] = []

    def runs(self, product_id: str) -> bool:
        return product_id in self.windows

    def titles(self, product_id: str) -> tuple[str, ...]:
        return self.windows.get(product_id, ())

    def ask_to_close(self, product_id: str) -> bool:
        self.asked.append(product_id)
        found = bool(self.windows.get(product_id))
        if self.obedient:
            self.windows.pop(product_id, None)
        return found


class SampleWorkspace(Told):
    """Installs in `steps` of progress, each of which waits for `go_on` when `stepwise`."""

    def __init__(self, view: View, slow: float) -> None:
        super().__init__()
        self.view, self._slow = view, slow
        self.stepwise, self.go_on = False, threading.Semaphore(0)
        self.failing: Exception | None = None
        self.entries: tuple[HistoryEntry, ...] = (
            HistoryEntry(
                NOW - timedelta(days=1), "survey-viewer", SURVEY.name, "10.0.3.1", "10.1.0.12", "installed"
            ),
        )
        self.installed_files: list[Path] = []
        self.left_alone: frozenset[str] = frozenset()
        self.reminders: dict[str, datetime] = {}
        self.running = SampleRunning()
        self.unattended: list[bool] = []

    def show(self, view: View) -> None:
        self.view = view
        self.tell(view)

    def open(self) -> View:
        time.sleep(self._slow)
        return self.view

    def refresh(self, manual: bool = False) -> View:  # noqa: ARG002, FBT001, FBT002  # as the real one
        time.sleep(self._slow)
        return self.view

    def look_again(self) -> View:
        self.tell(self.view)
        return self.view

    def ignored(self) -> frozenset[str]:
        return self.left_alone

    def skip(self, product_id: str) -> View:
        return self._offer_nothing(product_id)

    def remind(self, product_id: str, at: datetime) -> View:
        self.reminders[product_id] = at
        return self._offer_nothing(product_id)

    def ignore(self, product_id: str, *, ignored: bool = True) -> View:
        one = frozenset({product_id})
        self.left_alone = self.left_alone | one if ignored else self.left_alone - one
        return self._offer_nothing(product_id)

    def _offer_nothing(self, product_id: str) -> View:
        rows = (replace(r, recommendation=None) if r.product_id == product_id else r for r in self.view.rows)
        self.show(replace(self.view, rows=tuple(rows)))
        return self.view

    def history(self) -> tuple[HistoryEntry, ...]:
        time.sleep(self._slow)
        return self.entries

    def install(
        self,
        product_id: str,
        on_progress: Callable[[Progress], None],
        cancelled: threading.Event,
        *,
        unattended: bool = False,
    ) -> InstallReport:
        self.unattended.append(unattended)
        row = self.view.row(product_id)
        assert row is not None
        assert row.recommendation is not None
        if self.running.runs(product_id):
            raise ApplicationRunning(name=row.name)
        total = row.recommendation.package.length
        for percent in range(0, 101, 10):
            if self.stepwise:
                self.go_on.acquire()
            if cancelled.is_set():
                raise DownloadCancelled(kept=total * percent // 100)
            on_progress(Progress(Phase.DOWNLOADING, total * percent // 100, total, 4e6, 130 - percent))
            if percent and self.failing is not None:
                raise self.failing
        for phase in (Phase.VERIFYING, Phase.INSTALLING, Phase.DETECTING):
            on_progress(Progress(phase))
            if self.stepwise:
                self.go_on.acquire()
        return self._installed(row)

    def go_back(
        self, product_id: str, on_progress: Callable[[Progress], None], cancelled: threading.Event
    ) -> InstallReport:
        row = self.view.row(product_id)
        assert row is not None
        assert row.installed is not None
        assert not cancelled.is_set()
        on_progress(Progress(Phase.INSTALLING))
        before, after = row.installed.version_text, row.earlier
        new = replace(row, installed=installed(product_id, after), earlier="")
        self.show(replace(self.view, rows=tuple(new if one is row else one for one in self.view.rows)))
        return InstallReport(product_id, row.name, before, after)

    def letter_for_it(self, product_id: str, center: str) -> str:
        return f"{product_id} from {center}"

    def examine_file(self, path: Path) -> FileMatch:
        time.sleep(self._slow)
        if path.name != SURVEY.releases[0].packages[0].filename:
            raise FileNotKnown(filename=path.name)
        return FileMatch(path, SURVEY, SURVEY.releases[0], SURVEY.releases[0].packages[0])

    def install_file(
        self, path: Path, on_progress: Callable[[Progress], None], cancelled: threading.Event
    ) -> InstallReport:
        self.installed_files.append(path)
        return self.install("survey-viewer", on_progress, cancelled)

    def _installed(self, row: Row) -> InstallReport:
        assert row.recommendation is not None
        version = row.recommendation.release.version_text
        before = row.installed.version_text if row.installed is not None else ""
        new = replace(row, installed=installed(row.product_id, version), recommendation=None)
        self.entries = (
            HistoryEntry(datetime.now(UTC), row.product_id, row.name, before, version, "installed"),
            *self.entries,
        )
        self.show(replace(self.view, rows=tuple(new if one is row else one for one in self.view.rows)))
        return InstallReport(row.product_id, row.name, before, version)

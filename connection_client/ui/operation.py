# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One installation as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from connection_client.domain.errors import (
    ApplicationRunning,
    InstallationPutOff,
    InstallerBusy,
    NetworkError,
)
from connection_client.domain.progress import Phase, Progress
from connection_client.updates.queue import Agreed, Waiting

if TYPE_CHECKING:
    from connection_client.workspace.view import InstallReport


class Stage(StrEnum):
    """Where an operation stands; `HELD` waits until the application has been closed."""

    QUEUED = "queued"
    HELD = "held"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"
    DONE = "done"


_WAITING = {
    Stage.QUEUED: Waiting.TURN,
    Stage.RUNNING: Waiting.TURN,
    Stage.PAUSED: Waiting.PERSON,
    Stage.HELD: Waiting.CLOSING,
}
# Nobody is told of these where nobody asked: the next look begins again, once they have passed.
PASSING = (ApplicationRunning, InstallationPutOff, InstallerBusy, NetworkError)
STAGES = {Waiting.TURN: Stage.QUEUED, Waiting.PERSON: Stage.PAUSED, Waiting.CLOSING: Stage.HELD}


@dataclass(frozen=True)
class Operation:
    """`version` is what the person agreed to at `at`; `file` is set where a person brought the package.

    `back` goes back to that version. `windows` are those of the running application that is in the way;
    `asked` says whether it could be asked to close, None where nobody wanted that.
    An `unattended` one was begun by the setting alone.
    """

    product_id: str
    stage: Stage = Stage.QUEUED
    progress: Progress = field(default_factory=lambda: Progress(Phase.WAITING))
    file: Path | None = None
    error: Exception | None = None
    report: InstallReport | None = None
    version: str = ""
    back: bool = False
    at: datetime = field(default_factory=lambda: datetime.now().astimezone())
    windows: tuple[str, ...] = ()
    asked: bool | None = None
    unattended: bool = False

    @property
    def under_way(self) -> bool:
        """Whether it runs or waits for its turn."""
        return self.stage in (Stage.QUEUED, Stage.RUNNING)

    @property
    def can_stop(self) -> bool:
        """An installer that has started is never cut off."""
        early = (Phase.WAITING, Phase.DOWNLOADING, Phase.VERIFYING)
        waits = self.stage in (Stage.PAUSED, Stage.HELD)
        return waits or (self.under_way and self.progress.phase in early)

    @property
    def agreed(self) -> Agreed | None:
        """What has to outlive the program; None once it has ended, and where nobody had to agree."""
        if self.stage not in _WAITING or self.unattended:
            return None
        return Agreed(self.product_id, self.version, self.at, _WAITING[self.stage], self.file, self.back)

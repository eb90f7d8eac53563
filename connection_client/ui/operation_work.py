# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The work of one installation, on a worker thread: kept on the disk that it may, then carried out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from connection_client.domain.errors import ApplicationRunning

if TYPE_CHECKING:
    from connection_client.domain.progress import Progress
    from connection_client.ui.operation import Operation
    from connection_client.workspace.view import InstallReport
    from connection_client.workspace.workspace import Workspace


class Work:
    """`keep` writes down what is agreed to; `show` is told of the progress; `stop` ends it early.

    `windows` are those of the running application that was in the way.
    """

    def __init__(
        self,
        workspace: Workspace,
        operation: Operation,
        *,
        keep: Callable[[], None],
        show: Callable[[Progress], None],
        stop: threading.Event,
    ) -> None:
        self._workspace, self._operation = workspace, operation
        self._keep, self._show, self._stop = keep, show, stop
        self.windows: list[str] = []

    def run(self) -> InstallReport:
        """Install, or go back; raises the ClientError that stopped it."""
        self._keep()  # nothing begins before it is on the disk that it may
        product_id, file = self._operation.product_id, self._operation.file
        try:
            if file is not None:
                return self._workspace.install_file(file, self._show, self._stop)
            if self._operation.back:
                return self._workspace.go_back(product_id, self._show, self._stop)
            unattended = self._operation.unattended
            return self._workspace.install(product_id, self._show, self._stop, unattended=unattended)
        except ApplicationRunning:
            self.windows.extend(self._workspace.running.titles(product_id))
            raise

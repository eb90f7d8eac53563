# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts what the list shows: the right version of it, and what was used last comes first."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.launch_errors import ApplicationMissing, DocumentMissing
from connection_client.launch.choice import choose
from connection_client.launch.launcher import Launcher
from connection_client.launch.ports import LaunchLog
from connection_client.workspace.view import View


class Starting:
    """Implements `rooms.Launch`. Safe for several threads."""

    def __init__(self, view: Callable[[], View], launcher: Launcher, log: LaunchLog) -> None:
        self._view, self._launcher, self._log = view, launcher, log

    def __call__(self, product_id: str, files: tuple[Path, ...] = (), version: str = "") -> None:
        """Start it; raises LaunchError, FolderNotWritable."""
        rows = [row for row in self._view().rows if row.product_id == product_id]
        name = rows[0].name if rows else product_id
        found = [row.installed for row in rows if row.installed is not None]
        chosen = choose(found, self._log.last_version(product_id), version)
        if chosen is None:
            raise ApplicationMissing(name=f"{name} {version}" if version else name)
        missing = next((file for file in files if not file.exists()), None)
        if missing is not None:
            raise DocumentMissing(filename=str(missing))
        self._launcher.launch(chosen, name, files)
        with suppress(FolderNotWritable):  # it runs; only the order of the menu is poorer
            self._log.started(product_id, chosen.version_text)

    def recent(self) -> tuple[str, ...]:
        """The ids of what was started, the last one first."""
        return self._log.recent()

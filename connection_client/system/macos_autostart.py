# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starting with the session on macOS: a LaunchAgent of the person, where the package brought none for all.

Source: launchd.plist(5). What a person switches off in System Settings, Login Items, launchd remembers by
itself: the file here does not switch it on again. Tested as files; no launchd ever read them.
"""

import logging
import plistlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable

AGENT = "com.example.connection_client"  # the bundle's identifier
FOR_EVERYBODY = Path("/Library/LaunchAgents")
_NAME = f"{AGENT}.plist"


def launch_agent(command: Sequence[str]) -> bytes:
    """The property list that starts `command` once, when a person's desktop begins."""
    return plistlib.dumps(
        {
            "Label": AGENT,
            "AssociatedBundleIdentifiers": [AGENT],  # System Settings shows the bundle's name and icon
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",  # a desktop, no remote shell
            "ProcessType": "Interactive",
        }
    )


class MacAutostart:
    """The client's own agent; `command` is what starts it in the menu bar.

    `write` replaces a file in one step. Where the package brought an agent for everybody, that one starts the
    client, and the client itself ends where the person does not want it (`--with-session`).
    """

    def __init__(
        self,
        command: Sequence[str],
        write: Callable[[Path, bytes], None],
        home: Path,
        for_everybody: Path = FOR_EVERYBODY,
    ) -> None:
        self._content = launch_agent(command)
        self._write = write
        self._own = home / "Library" / "LaunchAgents" / _NAME
        self._everybodys = for_everybody / _NAME

    def is_enabled(self) -> bool:
        """Whether an agent stands there, the person's or everybody's."""
        return self._own.is_file() or self._everybodys.is_file()

    def enable(self) -> None:
        """Start with the session; raises OSError or what `write` raises."""
        if self._everybodys.is_file():
            self.disable()  # two of one label: launchd complains of the second
            return
        # macOS tells the person of each agent that is written: one that is right stays as it is.
        if not self._own.is_file() or self._own.read_bytes() != self._content:
            self._own.parent.mkdir(parents=True, exist_ok=True)
            self._write(self._own, self._content)

    def disable(self) -> None:
        """Do not start with the session; raises OSError."""
        self._own.unlink(missing_ok=True)


def keep_agent(write: Callable[[Path, bytes], None], *, wanted: bool) -> None:
    """What the person or the organisation chose counts at each start of the bundle; a failure is noted."""
    autostart = MacAutostart([sys.executable, "--hidden", "--with-session"], write, Path.home())
    try:
        (autostart.enable if wanted else autostart.disable)()
    except (OSError, FolderNotWritable):
        logging.getLogger(__name__).warning("the start with the session stays as it is", exc_info=True)

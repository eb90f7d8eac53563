# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starting with the session on Windows: the person's Run key, and what the Task Manager says of it."""

import subprocess
import sys
from collections.abc import Sequence

from connection_client.system.windows_registry import Branch, values_of

if sys.platform == "win32":
    import winreg

_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_NAME = "CONNECTION Client"
_PERSON = Branch("HKCU", 64)


class WindowsAutostart:
    """The client's own entry; `command` is what starts it in the tray."""

    def __init__(self, command: Sequence[str], name: str = _NAME) -> None:
        self._command = subprocess.list2cmdline(command)
        self._name = name

    def is_enabled(self) -> bool:
        """Whether Windows will start it: an entry is there, and not switched off in the Task Manager."""
        name = self._name.casefold()
        verdict = values_of(_PERSON, _APPROVED).get(name)
        # Windows notes an odd first byte for an entry that a person has switched off.
        switched_off = isinstance(verdict, bytes) and bool(verdict[:1]) and verdict[0] % 2 == 1
        return name in values_of(_PERSON, _RUN) and not switched_off

    def enable(self) -> None:
        """Start with the session; what was switched off in the Task Manager stays off. Raises OSError."""
        if sys.platform == "win32":
            with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, _RUN, 0, winreg.KEY_SET_VALUE) as key:
                winreg.SetValueEx(key, self._name, 0, winreg.REG_SZ, self._command)

    def disable(self) -> None:
        """Do not start with the session; raises OSError."""
        if sys.platform == "win32":
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN, 0, winreg.KEY_SET_VALUE) as key:
                    winreg.DeleteValue(key, self._name)
            except FileNotFoundError:
                return

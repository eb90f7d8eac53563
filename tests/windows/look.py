# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`python.exe -m tests.windows.look`: what a setup left on this computer, as one line of JSON."""

import json
import sys
from contextlib import suppress

from connection_client.system.windows_processes import running_programs
from connection_client.system.windows_registry import Branch, values_of

KEYS = {
    "uninstall": r"Software\Microsoft\Windows\CurrentVersion\Uninstall\connection-client",
    "run": r"Software\Microsoft\Windows\CurrentVersion\Run",
    "app_path": r"Software\Microsoft\Windows\CurrentVersion\App Paths\connection-client.exe",
    "protocol": r"Software\Classes\connection-client\shell\open\command",
}


def look() -> dict[str, object]:
    """The setup's registry keys of this person and of the computer, and the programs that run."""
    found: dict[str, object] = {
        hive: {name: values_of(Branch(hive, 64), path) for name, path in KEYS.items()}
        for hive in ("HKCU", "HKLM")
    }
    return found | {"running": running_programs(), "at_restart": removed_at_restart()}


def removed_at_restart() -> list[str]:
    """What Windows was asked to remove or rename at its next start, as it notes it."""
    if sys.platform == "win32":
        import winreg

        place = r"System\CurrentControlSet\Control\Session Manager"
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            return list(winreg.QueryValueEx(key, "PendingFileRenameOperations")[0])
    return []


if __name__ == "__main__":
    print("LOOK " + json.dumps(look()))

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The name of this computer for organisations that bind licences to computers."""

import base64
import hashlib
import hmac
import re
import subprocess
import sys
from pathlib import Path

_APPLICATION = b"connection-client/device/1"
_HARDWARE_ID = re.compile(r'"IOPlatformUUID" = "([0-9A-Fa-f-]{36})"')
_PATIENCE_SECONDS = 5.0
_REGISTRY_KEY = r"SOFTWARE\Microsoft\Cryptography"


def device_name(machine_id: Path = Path("/etc/machine-id")) -> str:
    """Derived from the system's own id, which stays here as machine-id(5) asks; empty where it has none."""
    if sys.platform == "win32":
        identity = _registered()
    elif sys.platform == "darwin":
        identity = hardware_id()
    else:
        identity = _read(machine_id)
    if not identity:
        return ""
    digest = hmac.digest(identity.encode(), _APPLICATION, hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:24]).decode()


def _read(file: Path) -> str:
    try:
        identity = file.read_text("ascii", "ignore").strip()
    except OSError:
        return ""
    return identity if identity != "uninitialized" else ""


def hardware_id(tool: str = "/usr/sbin/ioreg") -> str:
    """What a Mac calls itself (IOPlatformUUID, ioreg(8)); empty where it does not say. Never run on a Mac."""
    command = [tool, "-rd1", "-c", "IOPlatformExpertDevice"]
    try:
        said = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE_SECONDS).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = _HARDWARE_ID.search(said.decode("ascii", "replace"))
    return found[1] if found else ""


def _registered() -> str:
    if sys.platform == "win32":
        import winreg

        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _REGISTRY_KEY, access=access) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
    return ""

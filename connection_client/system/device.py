# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The name of this computer for organisations that bind licences to computers."""

import base64
import hashlib
import hmac
import sys
from pathlib import Path

_APPLICATION = b"connection-client/device/1"
_REGISTRY_KEY = r"SOFTWARE\Microsoft\Cryptography"


def device_name(machine_id: Path = Path("/etc/machine-id")) -> str:
    """Derived from the system's own id, which stays here as machine-id(5) asks; empty where it has none."""
    identity = _registered() if sys.platform == "win32" else _read(machine_id)
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

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What this program and this computer are, in versions."""

import os
import platform
import sys
from contextlib import suppress

from connection_client.version import VERSION

_PARTS = ("PySide6_Essentials", "httpx", "tuf", "keyring", "truststore", "joserfc", "certifi")
_VARIABLES = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "LANG", "QT_SCALE_FACTOR")


def versions() -> str:
    """One fact a line; nothing of the person is in it."""
    from importlib.metadata import PackageNotFoundError, version  # much, and rarely needed

    lines = [f"CONNECTION Client {VERSION}", f"Python {platform.python_version()} ({sys.platform})"]
    lines.append(f"{platform.system()} {platform.release()} {platform.machine()}")
    with suppress(OSError):
        lines.append(platform.freedesktop_os_release().get("PRETTY_NAME", ""))
    for part in _PARTS:
        with suppress(PackageNotFoundError):
            lines.append(f"{part} {version(part)}")
    lines += [f"{name}={os.environ.get(name, '')}" for name in _VARIABLES]
    return "\n".join(lines)

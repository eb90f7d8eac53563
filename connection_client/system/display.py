# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether there is a display to show a window on, asked before Qt would end the process over it."""

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from connection_client.domain.errors import NoDisplay

_LOCAL_DISPLAY = re.compile(r"(?:unix)?:(?P<number>[0-9]+)(?:\.[0-9]+)?")
_X11_SOCKETS = "/tmp/.X11-unix"  # noqa: S108  # the place that the X server itself has


def check_display(environment: Mapping[str, str] = os.environ) -> None:
    """Return when a window can be shown; raise NoDisplay with the reason when not."""
    if sys.platform in ("win32", "darwin") or environment.get("QT_QPA_PLATFORM"):
        return
    compositor, name = environment.get("WAYLAND_DISPLAY", ""), environment.get("DISPLAY", "")
    if compositor and _connects(_compositor_socket(compositor, environment)):
        return
    if compositor and not name:
        raise NoDisplay(reason=f"{compositor} does not answer")
    if not name:
        raise NoDisplay(reason="DISPLAY is not set")
    local = _LOCAL_DISPLAY.fullmatch(name)
    if local and not _answers(f"{_X11_SOCKETS}/X{local['number']}"):
        raise NoDisplay(reason=f"{name} does not answer")


def _compositor_socket(name: str, environment: Mapping[str, str]) -> str:
    """Where libwayland looks for it: an absolute path is taken as it is."""
    return str(Path(environment.get("XDG_RUNTIME_DIR", "")) / name)


def _answers(path: str) -> bool:
    # Linux servers also listen on the abstract socket of the same name, some only there.
    return any(
        _connects(address) for address in ("\0" + path, path) if address[0] == "\0" or Path(path).exists()
    )


def _connects(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True

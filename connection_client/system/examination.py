# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Looks at the desktop: whether something shows the icon, and whether applications are answered."""

import socket
import sys
from pathlib import Path

from connection_client.broker.server import SOCKET_NAME
from connection_client.domain.findings import Check, Finding, passed, warned
from connection_client.domain.language import N_
from connection_client.system.tray_hosts import has_desktop, tray_host

_CONNECT_SECONDS = 3.0
_PIPE = r"\\.\pipe"


def checks(runtime: Path) -> tuple[Check, ...]:
    """The tray, then the place where applications ask; `runtime` is the folder of the socket."""
    return (
        Check("tray", N_("Tray icon"), tray),
        Check("broker", N_("Questions of applications"), lambda: broker(runtime)),
    )


def tray() -> Finding:
    """Which kind of host shows the icon."""
    if not has_desktop():
        return warned(N_("There is no desktop here, so there is no icon."), N_("Use the command line."))
    host = tray_host()
    if host == "system":
        return passed(N_("The system shows the icon."))
    if host:
        return passed(N_("A tray host ({kind}) shows the icon."), kind=host)
    return warned(
        N_("Nothing on this desktop shows tray icons, so the window stays open instead."),
        N_("Add a system tray to the panel; on GNOME switch on the extension AppIndicator Support."),
    )


def broker(runtime: Path) -> Finding:
    """Whether a running client answers applications of this person."""
    place = runtime / SOCKET_NAME
    reason = _pipe_refusal() if sys.platform == "win32" else _socket_refusal(place)
    if reason is None:
        return passed(N_("Applications are answered."))
    return warned(
        N_("Applications on this computer get no answer ({reason})."),
        N_("Start CONNECTION Client and let it run."),
        reason=reason or N_("the client does not run"),
    )


def _socket_refusal(place: Path) -> str | None:
    """None where it answers, "" where nothing is there, else the system's word."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(_CONNECT_SECONDS)
        try:
            probe.connect(str(place))
        except (FileNotFoundError, ConnectionRefusedError):
            return ""
        except OSError as error:
            return error.strerror or type(error).__name__
    return None


def _pipe_refusal() -> str | None:
    from connection_client.system.windows_pipe import pipe_name

    # The directory of pipes is read: opening one would take a turn away from an application.
    name = pipe_name("broker").rpartition("\\")[2]
    try:
        return None if name in {entry.name for entry in Path(_PIPE + "\\").iterdir()} else ""
    except OSError as error:
        return error.strerror or type(error).__name__

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What setups, and the client itself, start this program for; no person types these words."""

import sys
from collections.abc import Callable

_WRITE_SHORTCUT = "--write-shortcut"
_INSTALL_ELEVATED = "--install-elevated"
_INSTALL_PACKAGES = "--install-packages"
_SERVE_CALLS = "--serve-calls"


def errand_of(words: list[str]) -> Callable[[], int] | None:
    """What setups, and the client itself, start this program for; None where a person did."""
    if words == [_SERVE_CALLS]:
        return _serve_calls
    if sys.platform == "win32":
        if words[:1] == [_WRITE_SHORTCUT] and len(words) == 2:  # noqa: PLR2004  # and a path
            return lambda: _write_shortcut(words[1])
        if words[:1] == [_INSTALL_ELEVATED] and len(words) == 3:  # noqa: PLR2004  # pipe and client
            return lambda: _install_elevated(words[1], words[2])
    elif words[:1] == [_INSTALL_PACKAGES]:
        return lambda: _install_packages(words[1:])
    return None


def _write_shortcut(path: str) -> int:
    """The setup for Windows asks so: its own shortcuts cannot carry the identity that notices need."""
    from pathlib import Path

    from connection_client.system.windows_shortcut import write_shortcut

    write_shortcut(Path(path), Path(sys.executable))
    return 0


def _serve_calls() -> int:
    """The program in the tray asks so: what needs much memory is in a process of its own."""
    from connection_client.bootstrap.service_process import serve

    return serve()


def _install_elevated(pipe: str, client: str) -> int:
    """The client asks so, with the person's consent: what runs here has administrator rights."""
    from connection_client.system.windows_elevated_install import serve

    return serve(pipe, int(client))


def _install_packages(words: list[str]) -> int:
    """The client on a Mac asks so, where the person agreed with administrator rights."""
    from connection_client.system.macos_elevated_install import main as install_packages

    return install_packages(words)

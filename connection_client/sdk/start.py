# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts the client in the tray when nobody listens, and waits for it."""

import os
import sys
import time
from collections.abc import Mapping

from .errors import ClientDoesNotAnswer, ClientNotInstalled
from .wire import ask

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess

_PAUSE = 0.1
_BUNDLES = ("/Applications", "~/Applications")
_IN_BUNDLE = "CONNECTION Client.app/Contents/MacOS/CONNECTION Client"
_APP_PATH = r"Software\Microsoft\Windows\CurrentVersion\App Paths\connection-client.exe"


def ask_or_start(method: str, parameters: Mapping[str, object], timeout: float) -> Mapping[str, object]:
    """Ask the running client; where none runs, start one first. `timeout` in seconds covers both."""
    deadline = time.monotonic() + timeout
    started: subprocess.Popen[bytes] | None = None
    while True:
        try:
            return ask(method, parameters, deadline)
        except (FileNotFoundError, ConnectionRefusedError) as error:
            if started is None:
                started = _start()
            elif time.monotonic() > deadline:
                raise ClientDoesNotAnswer("it did not start in time") from error
            elif started.poll() not in {None, 0}:
                raise ClientDoesNotAnswer(f"it ended with code {started.returncode}") from error
        except OSError as error:
            raise ClientDoesNotAnswer(error.strerror or type(error).__name__) from error
        time.sleep(_PAUSE)


def _app_path() -> "str | None":
    """Where the client's setup for Windows noted its program."""
    if sys.platform == "win32":
        import winreg

        for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            try:
                program = winreg.QueryValue(hive, _APP_PATH)
            except OSError:
                continue
            if os.path.isfile(program):  # noqa: PTH113  # pathlib costs a third of the import
                return program
    return None


def in_bundle(folders: "tuple[str, ...]" = _BUNDLES) -> "str | None":
    """The client's program in its bundle for macOS; None where no folder has it."""
    programs = [os.path.join(os.path.expanduser(folder), _IN_BUNDLE) for folder in folders]  # noqa: PTH111, PTH118  # as above
    return next((program for program in programs if os.path.isfile(program)), None)  # noqa: PTH113  # as above


def _start() -> "subprocess.Popen[bytes]":
    # The client runs nearly always, so what starting takes is imported only here.
    import shutil
    import subprocess
    import threading

    program = shutil.which("connection-client") or _app_path()
    if program is None and sys.platform == "darwin":
        program = in_bundle()
    if program is None:
        raise ClientNotInstalled
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LD_LIBRARY_PATH"))}
    try:
        started = subprocess.Popen(
            [program, "--hidden"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise ClientDoesNotAnswer(error.strerror or "it cannot be started") from error
    # Should it end before the application does, somebody has to take notice, or it stays as a zombie.
    threading.Thread(target=started.wait, daemon=True).start()
    return started

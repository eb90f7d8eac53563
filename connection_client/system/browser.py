# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Opens the person's own browser, detached, with the environment that the session had."""

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from urllib.parse import urlsplit

# What a packed program sets for itself and its children must not inherit.
_OURS = ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "PYTHONPATH", "PYTHONHOME")
GRACE_SECONDS = 1.5  # a program that cannot open anything says so within this time


def open_in_browser(address: str) -> bool:
    """Open a web address; whether a browser could be started. Other kinds of address are refused."""
    if urlsplit(address).scheme not in ("http", "https") or not address.isprintable() or " " in address:
        return False
    if sys.platform == "win32":
        os.startfile(address)  # noqa: S606  # a checked web address
        return True
    return any(_started(_with_address(command, address)) for command in _commands(os.environ))


def _commands(environment: Mapping[str, str]) -> list[list[str]]:
    """What to try, best first: the choice of the person, then the system's."""
    named = [shlex.split(command) for command in environment.get("BROWSER", "").split(os.pathsep)]
    has_display = sys.platform == "darwin" or environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    system = ["/usr/bin/open"] if sys.platform == "darwin" else ["xdg-open", "x-www-browser"]
    # Without a display a system's opener would start a browser in the terminal, or nothing.
    wanted = [command for command in named if command] + ([[name] for name in system] if has_display else [])
    found = [(shutil.which(command[0], path=environment.get("PATH")), command[1:]) for command in wanted]
    return [[path, *rest] for path, rest in found if path]


def _with_address(command: list[str], address: str) -> list[str]:
    """The address where `%s` stands in BROWSER, else at the end."""
    if any("%s" in part for part in command):
        return [part.replace("%s", address) for part in command]
    return [*command, address]


def _started(command: list[str]) -> bool:
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=clean_environment(os.environ),
            close_fds=True,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(GRACE_SECONDS) == 0
    except subprocess.TimeoutExpired:
        # Still there: it is the browser itself. Its end is awaited so that no zombie stays.
        threading.Thread(target=process.wait, daemon=True, name="browser").start()
        return True


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what a packed program changed; PyInstaller keeps the old value as NAME_ORIG."""
    clean = {name: value for name, value in environment.items() if name not in _OURS}
    if not getattr(sys, "frozen", False):
        return dict(environment)
    return clean | {name: environment[f"{name}_ORIG"] for name in _OURS if f"{name}_ORIG" in environment}

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Clients as processes on a desktop of their own."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from subprocess import Popen

from tests.world.processes import end, start
from tests.world.screen import Screen

ROOT = Path(__file__).parents[2]
FIRST_PAGE = "E-mail address"  # what somebody sees who was never signed in


@contextlib.contextmanager
def client(environment: Mapping[str, str], log: Path, *words: str) -> Iterator["Popen[bytes]"]:
    """The client from the source tree; every warning of Python is an error."""
    own = {**environment, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    process = start([sys.executable, "-m", "connection_client", *words], own, log)
    try:
        yield process
    finally:
        end(process)


@contextlib.contextmanager
def looking(environment: Mapping[str, str]) -> Iterator[Screen]:
    """Eyes and hands on the desktop."""
    with contextlib.closing(Screen(environment)) as eyes:
        yield eyes


def run(environment: Mapping[str, str], *words: str) -> None:
    """A command of the same person, which has to end well."""
    whole = [sys.executable, "-m", "connection_client", *words]
    own = {**environment, "PYTHONPATH": str(ROOT)}
    subprocess.run(whole, env=own, capture_output=True, timeout=60, check=True)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Waiting for what a test needs, never for a time; on every system, without another package."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(what: Callable[[], T | None], seconds: float, complaint: str) -> T:
    """Ask `what` until it answers something true; raise TimeoutError with `complaint` after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        answer = what()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise TimeoutError(f"{complaint} (waited {seconds:.0f} s)")
        time.sleep(0.03)

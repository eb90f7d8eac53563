# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Time since this computer started, which goes on while it sleeps and which nobody can set."""

import time


def uptime() -> float:
    """Seconds; only differences mean something."""
    # CLOCK_MONOTONIC stands still during sleep on Linux, and a token ages all the same.
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)

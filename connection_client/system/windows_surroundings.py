# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether the network is metered and the battery empties, as Windows says."""

import ctypes
import sys
import uuid
from contextlib import suppress
from ctypes import wintypes

from connection_client.updates.context import Surroundings

if sys.platform == "win32":
    from connection_client.system.windows_com import call, created, initialised

_LIST_MANAGER = uuid.UUID("DCB00C01-570F-4A9B-8D69-199FDBA5723B")
_COST_MANAGER = uuid.UUID("DCB00008-570F-4A9B-8D69-199FDBA5723B")
_GET_COST = 3
_LIMITED = 0x2 | 0x4  # NLM_CONNECTION_COST_FIXED, NLM_CONNECTION_COST_VARIABLE
_ON_BATTERY = 0


class _PowerStatus(ctypes.Structure):
    """SYSTEM_POWER_STATUS."""

    _fields_ = (
        ("line", ctypes.c_ubyte),
        ("battery", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds", wintypes.DWORD),
        ("full_seconds", wintypes.DWORD),
    )


def surroundings() -> Surroundings:
    """As they are now; where Windows does not say, nothing is held back."""
    return Surroundings(metered=bool(network_cost() & _LIMITED), on_battery=_is_on_battery())


def network_cost() -> int:
    """NLM_CONNECTION_COST of the way to the internet; 0 where it is not known."""
    cost = wintypes.DWORD(0)
    if sys.platform == "win32":
        with suppress(OSError), initialised(), created(_LIST_MANAGER, _COST_MANAGER) as manager:
            call(manager, _GET_COST, ctypes.byref(cost), None)
    return int(cost.value)


def _is_on_battery() -> bool:
    if sys.platform == "win32":
        status = _PowerStatus()
        known = ctypes.WinDLL("kernel32").GetSystemPowerStatus(ctypes.byref(status))
        return bool(known) and status.line == _ON_BATTERY
    return False

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether the battery empties, as `pmset` says.

Whether a network is metered ("Low Data Mode", a phone's hotspot) macOS tells only to programs that link its
Network framework; no program of the system prints it. So no network counts as metered here.
"""

import shutil

from connection_client.system.macos_tools import SYSTEM_PATH
from connection_client.system.program_output import lines_of
from connection_client.updates.context import Surroundings

_DRAWING = "Now drawing from 'Battery Power'"


def surroundings(path: str = SYSTEM_PATH) -> Surroundings:
    """As they are now; where nobody answers, nothing is held back."""
    pmset = shutil.which("pmset", path=path)
    told = lines_of([pmset, "-g", "batt"]) if pmset is not None else ()
    return Surroundings(on_battery=told[:1] == (_DRAWING,))

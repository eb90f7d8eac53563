# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The program with a sample world: `python -m tests.ui.program [--hidden] [--signed-out] [--broken]`.

What it is told on standard input comes as arguments of a further start, one line each.
"""

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from connection_client.ui.application import run
from connection_client.ui.leaving import leave

if TYPE_CHECKING:
    from connection_client.workspace.rooms import Rooms


class Lines:
    """Further starts, read from standard input."""

    def listen(self, callback: Callable[[tuple[str, ...]], None]) -> None:
        """Hand every line over, on a thread of its own."""

        def read() -> None:
            for line in sys.stdin:
                callback(tuple(line.split()))

        threading.Thread(target=read, daemon=True).start()


def load() -> "Rooms":
    """The sample world, read as late as the real one."""
    from tests.world.sample_rooms import SIGNED_IN, SIGNED_OUT, sample  # as bootstrap is

    if "--broken" in sys.argv:
        from connection_client.domain.settings_errors import NoCenterConfigured  # as bootstrap is

        raise NoCenterConfigured
    return sample(SIGNED_OUT if "--signed-out" in sys.argv else SIGNED_IN).rooms


if __name__ == "__main__":
    links = tuple(word for word in sys.argv[1:] if not word.startswith("-"))
    leave(run(load, hidden="--hidden" in sys.argv, activations=Lines(), arguments=links))

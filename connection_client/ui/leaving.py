# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The last step of the program in the tray."""

import logging
import os
import sys
from contextlib import suppress
from typing import NoReturn


def leave(status: int) -> NoReturn:
    """End the process with everything said and written, and without the end of the interpreter.

    Workers may hang in a call to the network, and one that has handed an answer to Qt owns something of Qt.
    The interpreter's end lets them run into the end of Qt: once in some hundred ends, a thread that is none
    of Python's ended the process by a segmentation fault there.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # nobody reads it any more
                stream.flush()
    os._exit(status)

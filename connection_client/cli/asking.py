# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Secrets that a command asks for: typed without being shown, or one line each on standard input."""

import getpass
import sys


def typed_secret(prompt: str) -> str:
    """What the person types at the terminal, or the next line of a pipe; never an argument.

    Raises KeyboardInterrupt where the person ends the input in place of an answer.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    try:
        return getpass.getpass(prompt)
    except EOFError as error:
        raise KeyboardInterrupt from error

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Administrator rights on a Mac: one question of the system itself for one command (osascript(1)).

The AppleScript is always the same; what it runs comes as arguments, which it quotes itself. So no name of a
file is ever part of a script or of a line for the shell.
"""

import re
from collections.abc import Sequence
from pathlib import Path

_RUN = "do shell script commandLine with prompt (item 1 of argv) with administrator privileges"
_SCRIPT = (
    "on run argv",
    'set commandLine to ""',
    "repeat with oneWord in rest of argv",
    "set commandLine to commandLine & quoted form of (contents of oneWord) & space",
    "end repeat",
    f"{_RUN} without altering line endings",
    "end run",
)
_ERROR = re.compile(r"execution error: .*\((?P<code>-?[0-9]{1,6})\)\s*\Z", re.DOTALL)
_TAIL = 16 << 10  # bytes
# userCanceledErr; errAuthorizationDenied, errAuthorizationCanceled, errAuthorizationInteractionNotAllowed.
_NOT_GIVEN = frozenset({-128, -60005, -60006, -60007})


def elevated(osascript: str, prompt: str, command: Sequence[str]) -> list[str]:
    """The argument list that runs `command` with rights, after the person has read `prompt` and agreed."""
    script = [word for line in _SCRIPT for word in ("-e", line)]
    return [osascript, *script, "--", prompt, *command]


def code_in(log: Path) -> int:
    """The exit code of the command, or AppleScript's own error: osascript itself ends with 1 for all of them.

    It says so at the end of what it prints; 1 where it does not.
    """
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _TAIL))
            said = file.read().decode("utf-8", "replace")
    except OSError:
        return 1
    match = _ERROR.search(said)
    return int(match["code"]) if match is not None else 1


def was_refused(code: int) -> bool:
    """Whether the person said no, or nobody could be asked."""
    return code in _NOT_GIVEN

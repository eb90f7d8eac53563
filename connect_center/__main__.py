# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command line: `serve`, `example`, `organisation`, … and every management command of Django.

`--state DIR` (or the environment's `CENTER_STATE`) names the state folder for all of them.
"""

import os
import sys
from pathlib import Path

import platformdirs
from django.core.management import execute_from_command_line

from connect_center.state import VARIABLE, state_folder


def main(arguments: list[str] | None = None) -> None:
    """Run one command; ends the process with the command's status where it is not 0."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    folder = _taken_from(words)
    if folder:
        os.environ[VARIABLE] = folder
    os.environ.setdefault(VARIABLE, str(Path(platformdirs.user_state_dir("connect-center"))))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connect_center.settings")
    try:
        state_folder()
    except OSError as error:
        reason = f"{os.strerror(error.errno or 0)}: {error.filename}"
        print(f"The state folder cannot be used ({reason}). Name another with --state.", file=sys.stderr)
        sys.exit(2)
    execute_from_command_line(["center", *words])


def _taken_from(words: list[str]) -> str:
    """The value of `--state`, which is removed from `words`: it counts before Django reads its settings."""
    for index, word in enumerate(words):
        if word == "--state" and index + 1 < len(words):
            del words[index]
            return words.pop(index)
        if word.startswith("--state="):
            return words.pop(index).removeprefix("--state=")
    return ""


if __name__ == "__main__":
    main()

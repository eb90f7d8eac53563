# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts an application on a Mac as a click in the Finder does: by Launch Services, with open(1).

So it has its icon in the Dock and no tie to this program. Launch Services starts it once
and hands documents to the one that runs; what it cannot start it tells at once, by a number.
"""

import os
import platform
import re
from collections.abc import Callable
from pathlib import Path

from connection_client.domain.installed import LaunchTarget
from connection_client.domain.language import N_
from connection_client.domain.launch_errors import (
    ApplicationExited,
    ApplicationForOtherComputer,
    ApplicationIncomplete,
    ApplicationMissing,
    LaunchError,
)
from connection_client.system.linux_launch import LinuxPrograms, clean_environment
from connection_client.system.macos_bundles import bundle_around
from connection_client.system.macos_tools import SYSTEM_PATH, asked

# Launch Services Result Codes (LSInfo.h).
_NOT_FOUND, _NO_PROGRAM = -10814, -10827
_FOR_OTHERS = (-10661, -10825, -10828)  # another processor, a newer macOS, no Rosetta
_CODE = re.compile(r"(?:error |Code=|status )(?P<code>-[0-9]{3,6})\b")
_LONGEST = 300  # characters that are shown


class MacPrograms:
    """Implements the port Programs; a program outside of any bundle is started directly."""

    def __init__(self, logs: Path, path: str = SYSTEM_PATH) -> None:
        self._plain = LinuxPrograms(logs)
        self._path = path

    def start(self, name: str, target: LaunchTarget, files: tuple[Path, ...]) -> None:
        """Start, and hear what Launch Services says; raises LaunchError, FolderNotWritable."""
        program, *arguments = target.command
        bundle = bundle_around(program)
        if bundle is None:
            self._plain.start(name, target, files)
            return
        if not bundle.is_dir():
            raise ApplicationMissing(name=name)
        # Absolute paths never look like options; what comes after --args is the application's own.
        words = ["-a", str(bundle), *(str(file.absolute()) for file in files)]
        words += ["--args", *arguments] if arguments else []
        answer = asked(self._path, "open", *words, environment=clean_environment(os.environ))
        if answer.status != 0:
            raise _why(name, Path(program), answer.status, answer.complaint)


def _why(name: str, program: Path, status: int, complaint: str) -> LaunchError:
    """What the complaint of `open` means; its words are in the person's language, its numbers are not."""
    match = _CODE.search(complaint)
    code = int(match["code"]) if match is not None else 0
    reasons: dict[int, Callable[[], LaunchError]] = {
        _NOT_FOUND: lambda: ApplicationMissing(name=name),
        _NO_PROGRAM: lambda: ApplicationIncomplete(name=name, missing=program.name),
        **dict.fromkeys(
            _FOR_OTHERS,
            lambda: ApplicationForOtherComputer(
                name=name,
                made_for=N_("another kind of computer"),
                here=f"macOS {platform.mac_ver()[0]} ({platform.machine()})",
            ),
        ),
    }
    if code in reasons:
        return reasons[code]()
    said = "".join(letter if letter.isprintable() else " " for letter in complaint)[:_LONGEST]
    return ApplicationExited(name=name, exit_code=code or status, output=said)

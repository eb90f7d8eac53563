# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Windows of its own below build/: a Wine prefix in which Windows programs run on Linux.

Wine's traps, measured with 8.0: what a Windows Python writes must go through a pipe; exit codes of
programs are not to be trusted, so callers look at files and registry; `QT_*` variables are dropped.
"""

import io
import os
import shutil
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installers.errors import BuildError
from installers.forwarding_dll import write_forwarding_dll

PROGRAM = "wine"
_DISPLAY = ("xvfb-run", "-a")
_SETTING_UP_SECONDS = 180
_LAST_WORDS_SECONDS = 3.0


def is_installed() -> bool:
    """Whether Wine and a display for it are there."""
    return all(shutil.which(name) for name in (PROGRAM, "wineboot", _DISPLAY[0]))


def _collect(process: subprocess.Popen[str], words: list[str]) -> None:
    with process.stdout or io.StringIO() as output:
        for line in output:
            words.append(line)  # noqa: PERF402  # what was said so far is there at any moment


@dataclass(frozen=True)
class Wine:
    """One prefix; everything that Wine writes stays below `folder`.

    What goes on after the program that started it needs one `display` for all; otherwise each has its own.
    `entrance` goes before every command, such as chroot and a folder, where Wine is installed elsewhere.
    """

    folder: Path
    display: str = ""
    entrance: tuple[str, ...] = ()

    @property
    def drive_c(self) -> Path:
        """Drive C: as Linux sees it."""
        return self.folder / "prefix" / "drive_c"

    @property
    def environment(self) -> dict[str, str]:
        """What Wine needs, and nothing of the caller's home or desktop."""
        inherited = {
            name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ
        }
        return inherited | {
            **({"DISPLAY": self.display} if self.display else {}),
            "HOME": str(self.folder / "home"),
            "WINEPREFIX": str(self.folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # No .NET, no browser engine, no entries in the caller's menus.
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
        }

    @property
    def _screen(self) -> tuple[str, ...]:
        return self.entrance if self.display else (*self.entrance, *_DISPLAY)

    def prepare(self) -> None:
        """Make the prefix where there is none; raises BuildError."""
        if (self.folder / "ready").exists():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "home").mkdir(parents=True)
        self._checked([*self._screen, "wineboot", "-i"], _SETTING_UP_SECONDS)
        self.settle()
        if not (self.drive_c / "windows" / "system32").is_dir():
            raise BuildError("Wine did not make its folders. Remove build/windows and try again.")
        self.become("win10")
        random_numbers = self.drive_c / "windows" / "system32" / "bcryptprimitives.dll"
        if not random_numbers.exists():
            write_forwarding_dll(random_numbers, "ProcessPrng", "advapi32.SystemFunction036")
        (self.folder / "ready").touch()

    def become(self, version: str) -> None:
        """Say that this is another version of Windows: `win10`, `win7`."""
        self._checked([*self._screen, PROGRAM, "winecfg", "/v", version], _SETTING_UP_SECONDS)
        self.settle()

    def run(self, command: Sequence[str], seconds: float, variables: Mapping[str, str] | None = None) -> str:
        """Run a Windows program to its end and return what it wrote; its exit code says nothing."""
        words: list[str] = []
        process = self.start(command, variables)
        # Wine's services, which may be started by the way, keep the pipe open: its end says nothing.
        reader = threading.Thread(target=_collect, args=(process, words), daemon=True)
        reader.start()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.end()
            process.wait()
            reader.join(_LAST_WORDS_SECONDS)
            raise BuildError(
                f"{command[0]} took longer than {seconds:.0f} s. Its last words: {''.join(words)[-400:]}"
            ) from None
        reader.join(_LAST_WORDS_SECONDS)
        return "".join(words)

    def start(
        self,
        command: Sequence[str],
        variables: Mapping[str, str] | None = None,
        *,
        takes_input: bool = False,
    ) -> subprocess.Popen[str]:
        """Start a Windows program whose output comes through a pipe."""
        return subprocess.Popen(
            [*self._screen, PROGRAM, *command],
            env=self.environment | dict(variables or {}),
            stdin=subprocess.PIPE if takes_input else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )

    def settle(self) -> None:
        """Wait until every program of this prefix has ended and the registry is written."""
        command = [*self.entrance, "wineserver", "-w"]
        subprocess.run(command, env=self.environment, check=False, timeout=_SETTING_UP_SECONDS)

    def end(self) -> None:
        """End every program of this prefix, and of no other."""
        subprocess.run([*self.entrance, "wineserver", "-k"], env=self.environment, check=False)
        self.settle()

    def windows_path(self, path: Path) -> str:
        """A Linux path as Windows programs take it: drive Z: is the root."""
        return "Z:" + str(path.resolve()).replace("/", "\\")

    def _checked(self, command: Sequence[str], seconds: float) -> None:
        try:
            done = subprocess.run(
                list(command),
                env=self.environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=seconds,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired as error:
            self.end()
            raise BuildError(f"{command[-2]} took longer than {seconds:.0f} s.") from error
        if done.returncode != 0:
            raise BuildError(f"Wine could not be set up: {done.stderr.strip()[-400:]}")

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A terminal with a program in its foreground, and somebody who reads and types."""

import contextlib
import os
import pty
import select
import subprocess
import termios
import time
from collections.abc import Iterator, Sequence

from tests.world import processes
from tests.world.waiting import wait_until

_SECONDS, _AGAIN_SECONDS = 60.0, 5.0
INTERRUPT, END = "\x03", "\x04"


class Terminal:
    """What a person sees and does; `pid` is of what was started."""

    def __init__(self, keyboard: int, program: "subprocess.Popen[bytes]") -> None:
        self._keyboard = keyboard
        self._program = program
        self._seen = b""

    @property
    def seen(self) -> str:
        """Everything that was shown until now."""
        return self._seen.decode(errors="replace").replace("\r\n", "\n")

    def expect(self, text: str) -> None:
        """Wait until it stands there; raises AssertionError where it does not within a minute."""
        deadline = time.monotonic() + _SECONDS
        while text not in self.seen:
            assert self._read(deadline), f"{text!r} is not in {self.seen!r}"

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._keyboard, text.encode())

    def type_hidden(self, text: str) -> None:
        """Press keys once they are not shown any more, as passwords are not."""
        wait_until(lambda: not self.shows_what_is_typed(), _SECONDS, "what is typed would be shown")
        self.type(text)

    def press_until_the_end(self, key: str) -> int:
        """Press it again every few seconds, as people do where nothing happens; the exit status."""
        ends = time.monotonic() + _SECONDS
        while self._program.poll() is None and time.monotonic() < ends:
            self.type(key)
            again = time.monotonic() + _AGAIN_SECONDS
            while self._program.poll() is None and time.monotonic() < again:
                self._read(time.monotonic() + 0.1)
        return self.wait()

    def wait(self) -> int:
        """Read to the end; the exit status of the program."""
        while self._read(time.monotonic() + _SECONDS):
            pass
        return self._program.wait(_SECONDS)

    def shows_what_is_typed(self) -> bool:
        """Whether letters appear, as they do not while a password is typed."""
        return bool(termios.tcgetattr(self._keyboard)[3] & termios.ECHO)

    def _read(self, deadline: float) -> bool:
        """Whether something more was shown; not where the program has ended or the time has."""
        ready, _, _ = select.select([self._keyboard], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return False
        try:
            part = os.read(self._keyboard, 4096)
        except OSError:  # EIO: nobody holds the other side any more
            return False
        self._seen += part
        return bool(part)


@contextlib.contextmanager
def terminal(
    command: Sequence[str], pass_fds: Sequence[int] = (), environment: dict[str, str] | None = None
) -> Iterator[Terminal]:
    """The command has to make the terminal its own: `setsid --ctty` does so with its standard input."""
    keyboard, screen = pty.openpty()
    try:
        program = subprocess.Popen(
            command,
            stdin=screen,
            stdout=screen,
            stderr=screen,
            env=environment,
            pass_fds=tuple(pass_fds),
            start_new_session=True,
        )
    finally:
        os.close(screen)
    try:
        yield Terminal(keyboard, program)
    finally:
        processes.end(program)
        os.close(keyboard)

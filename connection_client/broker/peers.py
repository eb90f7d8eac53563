# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who is at the other end of a connection, by the kernel's word; and how often one may ask."""

import os
import socket
import stat
import struct
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "darwin":
    from connection_client.broker import macos_peers

_CREDENTIALS = struct.Struct("3i")  # pid, uid, gid of ucred in unix(7)
_REMEMBERED = 512  # processes
_LONGEST_COMMAND = 1 << 16  # bytes; what follows names no script
# Many programs run as one of these: their script tells them apart.
_INTERPRETERS = ("python", "perl", "ruby", "node", "java", "mono", "sh", "bash", "dash")


@dataclass(frozen=True)
class Peer:
    """A process that asks; `program` is what the system says it runs, and may be unknown."""

    process: int
    user: int
    program: str

    @property
    def is_this_user(self) -> bool:
        """Whether it belongs to the person whom this client serves."""
        return self.user == os.getuid()


def peer_of(connection: socket.socket) -> Peer:
    """The process that connected (SO_PEERCRED, unix(7); on macOS LOCAL_PEERCRED); raises OSError."""
    if sys.platform == "darwin":
        process, user = macos_peers.credentials_of(connection)
    else:
        credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
        process, user, _group = _CREDENTIALS.unpack(credentials)
    return Peer(process, user, program_of(process))


def program_of(process: int) -> str:
    """The file that a process runs, behind an interpreter its script; empty where that is not known."""
    if sys.platform == "darwin":
        program = macos_peers.path_of(process)
        if not _is_interpreter(program):
            return program
        return program_behind(program, macos_peers.words_of(process), macos_peers.folder_of(process))
    folder = f"/proc/{process}"
    try:
        program = os.readlink(f"{folder}/exe")  # noqa: PTH115  # for each connection: pathlib takes longer
        if not _is_interpreter(program):
            return program
        with open(f"{folder}/cmdline", "rb", buffering=0) as line:  # noqa: PTH123
            words = line.read(_LONGEST_COMMAND).split(b"\0")
        here = os.readlink(f"{folder}/cwd")  # noqa: PTH115
    except OSError:
        return ""
    return program_behind(program, words, here)


def program_behind(interpreter: str, words: Sequence[bytes], here: str) -> str:
    """The script that an interpreter runs in the folder `here`, or the interpreter where it names none."""
    script = next((word for word in words[1:] if word and not word.startswith(b"-")), b"")
    path = str(Path(here, os.fsdecode(script))) if script else ""
    return path if path and _is_file(path) else interpreter


def _is_file(path: str) -> bool:
    """What follows `-c` is looked at too, and may be no path at all."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return False


def is_told_apart(program: str) -> bool:
    """Whether that is one program: an interpreter alone may be any."""
    return bool(program) and not _is_interpreter(program)


def _is_interpreter(program: str) -> bool:
    name = program.rpartition("/")[2].lower()  # macOS calls its Python "Python"
    return name in _INTERPRETERS or name.startswith(_INTERPRETERS[:2])


class CallRate:
    """Lets each process ask `per_second` times a second on average, and `burst` times at once."""

    def __init__(
        self, per_second: float = 500.0, burst: int = 1000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second, self._burst, self._clock = per_second, burst, clock
        self._left: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def allows(self, process: int) -> bool:
        """Count one call of `process`; False where it asks too often."""
        now = self._clock()
        left, since = self._left.pop(process, (float(self._burst), now))
        left = min(float(self._burst), left + (now - since) * self._per_second)
        allowed = left >= 1
        self._left[process] = (left - 1 if allowed else left, now)
        while len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        return allowed

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The only part of the client that runs with administrator rights on Windows: it runs setups, and ends.

It is started with one question to the person, connects to the pipe of the client that started it, and runs
what that client hands over, one setup after the other: so a batch needs one question. Each setup is copied
into a folder where only administrators write, hashed on the way, and held against everybody until it has
ended: nobody without rights can change a byte, or lay a library beside it.

The client's own setup replaces the very program that runs here. So it ends with the client, which that setup
asks to end, whatever still runs: nobody is left to hear a code, and the files are let go. The folder, where
still only administrators write, goes when Windows starts next.
"""

import ctypes
import errno
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from connection_client.system import windows_msix, windows_pipe, windows_process, windows_setups
from connection_client.system.windows_folders import KnownFolder, known_folder
from connection_client.system.windows_locked_file import open_locked
from connection_client.system.windows_near import near_name
from connection_client.system.windows_trust import signer_of
from connection_client.system.windows_user import security_attributes

BEGUN = "begun"  # said before the answer: whoever does not want to wait for that may leave now
IDLE_SECONDS = 300.0  # as long as polkit keeps a password on Linux
_CONNECT_SECONDS = 20.0
_LOOK_SECONDS = 0.2
_LONGEST_LINE = 1 << 16
_BLOCK = 1 << 20
# Owner and full rights for administrators and the system; nothing is inherited from the folder above.
_ADMINISTRATORS_ALONE = "O:BAD:P(A;OICI;GA;;;BA)(A;OICI;GA;;;SY)"


@dataclass(frozen=True)
class Request:
    """One setup: `kind` as in the catalogue, `arguments` behind its name, `signer` "" for anybody."""

    path: str
    sha256: str
    length: int
    kind: str
    arguments: tuple[str, ...]
    signer: str = ""

    def to_line(self) -> bytes:
        """As it goes over the pipe."""
        return json.dumps(vars(self)).encode() + b"\n"

    @classmethod
    def of_line(cls, line: bytes) -> "Request":
        """What came over the pipe; raises ValueError."""
        try:
            said = json.loads(line)
            request = cls(
                path=str(said["path"]),
                sha256=str(said["sha256"]),
                length=int(said["length"]),
                kind=str(said["kind"]),
                arguments=tuple(str(word) for word in said["arguments"]),
                signer=str(said["signer"]),
            )
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError(line) from error
        if request.kind not in windows_setups.KINDS:
            raise ValueError(request.kind)
        return request


class Connection(Protocol):
    """What both ends need of a pipe."""

    def settimeout(self, seconds: float) -> None:
        """Let everything from now on end within `seconds`, or raise TimeoutError."""
        ...

    def recv(self, most: int) -> bytes:
        """What has come; empty where the other end is gone."""
        ...

    def sendall(self, content: bytes) -> None:
        """Send everything."""
        ...

    def is_gone(self) -> bool:
        """Whether the other end has left; does not wait."""
        ...


class _StillRuns(Exception):
    """The client has gone, and the setup that it asked for goes on."""


def line_from(connection: Connection, rest: bytearray | None = None) -> bytes:
    """One line; empty where the other end is gone; raises ValueError where it does not end.

    What came behind it stays in `rest`, for the next call.
    """
    kept = bytearray() if rest is None else rest
    while b"\n" not in kept:
        part = connection.recv(_LONGEST_LINE)
        if not part:
            return b""
        kept += part
        if len(kept) > _LONGEST_LINE:
            raise ValueError(len(kept))
    line, _, behind = bytes(kept).partition(b"\n")
    kept[:] = behind
    return line


def serve(pipe: str, client: int) -> int:
    """Run what the client with that process id hands over, until it leaves or is silent for minutes."""
    if sys.platform == "win32":
        connected = windows_pipe.connect(pipe, _CONNECT_SECONDS, server=client)
        with connected as connection, _private_folder() as folder:
            while line := _next_line(connection):
                answer = _carried_out(line, folder, connection)
                with suppress(ConnectionError):  # the client ended meanwhile; the setup did not
                    connection.sendall(json.dumps(answer).encode() + b"\n")
        return 0
    raise NotImplementedError


def _next_line(connection: Connection) -> bytes:
    connection.settimeout(IDLE_SECONDS)
    try:
        return line_from(connection)
    except (TimeoutError, ValueError):
        return b""


def _carried_out(line: bytes, folder: Path, connection: Connection) -> dict[str, object]:
    own = folder / secrets.token_hex(8)
    with _removed_afterwards(own):
        return _answer_to(line, own, connection)


def _answer_to(line: bytes, own: Path, connection: Connection) -> dict[str, object]:
    try:
        request = Request.of_line(line)
        own.mkdir()
        copy = own / near_name(Path(request.path))
        if not _copy_if_genuine(Path(request.path), copy, request):
            return {"refused": "changed"}
        # Hashed while it was copied; from here on nobody can write to it, administrators included.
        with open_locked(copy):
            if request.signer and signer_of(copy) != request.signer:
                return {"refused": "changed"}
            return {"code": _run(request, copy, connection)}
    except ValueError:
        return {"refused": "misunderstood"}
    except OSError as error:
        full = error.errno == errno.ENOSPC
        return {"refused": "disk-full"} if full else {"error": getattr(error, "winerror", 0) or error.errno}


def _copy_if_genuine(source: Path, target: Path, request: Request) -> bool:
    digest, seen = hashlib.sha256(), 0
    with open_locked(source) as reading, target.open("xb") as writing:
        while seen <= request.length and (block := reading.read(_BLOCK)):
            digest.update(block)
            seen += len(block)
            writing.write(block)
    return seen == request.length and digest.hexdigest() == request.sha256


def _run(request: Request, copy: Path, connection: Connection) -> int:
    system = known_folder(KnownFolder.SYSTEM) or Path(r"C:\Windows\System32")
    command = [str(copy), *request.arguments]
    if request.kind == "msi":
        command = [str(system / "msiexec.exe"), "/i", *command]
    if request.kind == windows_msix.KIND:
        command = windows_msix.provisioning(system)
    variables = windows_msix.variables(request.kind, copy, system)
    # Nothing is written where the person may write: what the setup says goes into its own log.
    with Path(os.devnull).open("wb") as nowhere:
        setup = windows_process.spawn(command, None, nowhere, variables)
    with suppress(OSError):  # a client that has ended is met below
        connection.sendall(json.dumps({BEGUN: True}).encode() + b"\n")
    while True:
        try:
            return setup.wait(_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if connection.is_gone():
                raise _StillRuns from None


@contextmanager
def _private_folder() -> Iterator[Path]:
    windows = known_folder(KnownFolder.WINDOWS) or Path(r"C:\Windows")
    folder = windows / "Temp" / f"connection-client-{secrets.token_hex(16)}"
    if sys.platform == "win32":
        attributes = security_attributes(_ADMINISTRATORS_ALONE)
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not kernel.CreateDirectoryW(ctypes.c_wchar_p(str(folder)), ctypes.byref(attributes)):
            raise ctypes.WinError(ctypes.get_last_error())
    try:
        with _removed_afterwards(folder):
            yield folder
    except _StillRuns:
        windows_process.remove_at_restart(folder)


@contextmanager
def _removed_afterwards(folder: Path) -> Iterator[None]:
    with ExitStack() as cleaning:
        cleaning.callback(shutil.rmtree, folder, ignore_errors=True)
        try:
            yield
        except _StillRuns:
            cleaning.pop_all()
            raise

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One running client for each session: a second start hands over its arguments and ends.

POSIX: a lock that the kernel frees with its owner, and a Unix socket beside it. A killed client leaves
nothing that a person must remove.
"""

import contextlib
import fcntl
import os
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from connection_client.domain.errors import FolderNotWritable
from connection_client.system.handed_over import arguments_in

_LONGEST_MESSAGE = 64 * 1024  # bytes; arguments are paths and links
_PATIENCE_SECONDS = 2.0


class SingleInstance:
    """The right to be the running client, held until `release` or the end of the process."""

    def __init__(self, runtime: Path) -> None:
        self._lock_file = runtime / "instance.lock"
        self._address = runtime / "instance.sock"
        self._lock: int | None = None
        self._listener: socket.socket | None = None
        self._callback: Callable[[tuple[str, ...]], None] | None = None

    def claim(self, arguments: Sequence[str]) -> bool:
        """True for the first start; otherwise the running client is given `arguments` and False returned.

        Raises FolderNotWritable.
        """
        try:
            lock = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise FolderNotWritable(path=str(self._lock_file.parent), reason=error.strerror or "") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            self._hand_over(arguments)
            return False
        self._lock = lock
        self._open()
        return True

    def listen(self, callback: Callable[[tuple[str, ...]], None]) -> None:
        """Call `callback`, on a thread of its own, with the arguments of every further start."""
        self._callback = callback
        threading.Thread(target=self._serve, args=(callback,), daemon=True, name="activations").start()

    def announce(self) -> None:
        """Do as if the client had been started once more, without arguments: its window comes up."""
        if self._callback is not None:
            self._callback(())

    def release(self) -> None:
        """Let another client be the running one."""
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._address.unlink(missing_ok=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _open(self) -> None:
        self._address.unlink(missing_ok=True)  # left by a client that was killed: we hold the lock
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(str(self._address))
            self._address.chmod(0o600)
            listener.listen(4)
        except OSError as error:
            listener.close()
            reason = error.strerror or str(error)  # a path of more than 107 bytes has no errno
            raise FolderNotWritable(path=str(self._address.parent), reason=reason) from error
        self._listener = listener

    def _hand_over(self, arguments: Sequence[str]) -> None:
        import json  # the icon of a first start does not wait for it

        message = json.dumps(list(arguments)).encode()
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
            caller.settimeout(_PATIENCE_SECONDS)
            caller.connect(str(self._address))
            caller.sendall(message)

    def _serve(self, callback: Callable[[tuple[str, ...]], None]) -> None:
        while self._listener is not None:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            with caller:
                arguments = _received(caller)
            if arguments is not None:
                callback(arguments)


def _received(caller: socket.socket) -> tuple[str, ...] | None:
    caller.settimeout(_PATIENCE_SECONDS)
    message = b""
    try:
        while chunk := caller.recv(4096):
            message += chunk
            if len(message) > _LONGEST_MESSAGE:
                return None
    except OSError:
        return None
    return arguments_in(message)

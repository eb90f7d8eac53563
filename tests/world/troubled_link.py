# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A line between a computer and a server that can be cut, slow, silent, or give wrong bytes in any order."""

import contextlib
import random
import re
import socket
import threading
import time
from collections.abc import Iterator
from enum import StrEnum

_CHUNK = 16_384
_RENEWAL = b"grant_type=refresh_token"
_TOKENS = re.compile(rb'"(?:access|refresh|id)_token"\s*:\s*"([^"]{16,})"')


class Trouble(StrEnum):
    """What the line does to bytes that come back from the server."""

    NONE = "none"
    REFUSED = "refused"  # nobody listens
    CUT = "cut"  # after some bytes
    SLOW = "slow"  # a little at a time
    LATE = "late"  # each answer begins late
    SILENT = "silent"  # taken in, never answered
    CORRUPT = "corrupt"  # one byte in some pieces is another one
    REORDERED = "reordered"  # two pieces change places


class TroubledLink:
    """Relays TCP from a port of its own to `upstream`; `trouble` counts for what passes from now on."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # no secret
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.upstream = 0
        self.trouble = Trouble.NONE
        self.tokens: set[str] = set()  # every secret that passed
        self.renewals = 0
        self.lost_renewals = 0  # those whose answer was troubled or did not arrive
        threading.Thread(target=self._accept, daemon=True, name="link").start()

    @property
    def address(self) -> str:
        """What people open."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        """No new connections; those that are open end by themselves."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self.trouble is Trouble.REFUSED:
                near.close()
                continue
            threading.Thread(target=self._serve, args=(near,), daemon=True, name="link").start()

    def _serve(self, near: socket.socket) -> None:
        conversation = _Conversation()
        with near, contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            far = stack.enter_context(socket.create_connection(("127.0.0.1", self.upstream), timeout=60))
            back = threading.Thread(target=self._back, args=(far, near, conversation), daemon=True)
            back.start()
            with contextlib.suppress(OSError):
                while chunk := near.recv(_CHUNK):
                    self.renewals += conversation.asked(chunk)
                    far.sendall(chunk)
                far.shutdown(socket.SHUT_WR)
            back.join()

    def _back(self, far: socket.socket, near: socket.socket, conversation: "_Conversation") -> None:
        try:
            while chunk := far.recv(_CHUNK):
                self._note(conversation, chunk)
                for piece in self._troubled(chunk):
                    near.sendall(piece)
                if conversation.renewing:
                    self.lost_renewals += self.trouble is not Trouble.NONE
                    conversation.renewing = False
        except OSError:
            pass
        finally:
            if conversation.renewing:
                self.lost_renewals += 1
            for one in (near, far):
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def _note(self, conversation: "_Conversation", chunk: bytes) -> None:
        conversation.answer = conversation.answer[-_CHUNK:] + chunk
        self.tokens |= {found.decode() for found in _TOKENS.findall(conversation.answer)}

    def _troubled(self, chunk: bytes) -> Iterator[bytes]:
        match self.trouble:
            case Trouble.CUT if self._random.random() < 0.5:
                yield chunk[: self._random.randrange(len(chunk))]
                raise ConnectionAbortedError
            case Trouble.SILENT | Trouble.REFUSED:
                while self.trouble in (Trouble.SILENT, Trouble.REFUSED):
                    time.sleep(0.1)
                raise ConnectionAbortedError
            case Trouble.SLOW:
                for start in range(0, len(chunk), 1024):
                    time.sleep(0.02)
                    yield chunk[start : start + 1024]
            case Trouble.LATE:
                time.sleep(self._random.uniform(0.2, 2))
                yield chunk
            case Trouble.CORRUPT if self._random.random() < 0.5:
                place = self._random.randrange(len(chunk))
                yield chunk[:place] + bytes([chunk[place] ^ 0x20]) + chunk[place + 1 :]
            case Trouble.REORDERED if len(chunk) > 1 and self._random.random() < 0.5:
                middle = self._random.randrange(1, len(chunk))
                yield chunk[middle:] + chunk[:middle]
            case _:
                yield chunk


class _Conversation:
    """One connection: whether a renewal waits for its answer."""

    def __init__(self) -> None:
        self.renewing = False
        self.answer = b""
        self._question = b""

    def asked(self, chunk: bytes) -> bool:
        """Take a part of a question; whether a renewal has just been asked for."""
        self._question = self._question[-_CHUNK:] + chunk
        if _RENEWAL not in self._question:
            return False
        self.renewing, self._question = True, b""
        return True


@contextlib.contextmanager
def troubled_link(seed: int) -> Iterator[TroubledLink]:
    """A line without trouble at first; `upstream` is set by the caller."""
    link = TroubledLink(seed)
    try:
        yield link
    finally:
        link.trouble = Trouble.NONE
        link.close()

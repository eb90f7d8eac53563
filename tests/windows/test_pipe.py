# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Named pipes between real processes: what is sent arrives, and nobody waits for ever."""

import ctypes
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes

import pytest

from connection_client.system import windows_overlapped, windows_pipe
from connection_client.system.windows_user import own_sid, session_id, sid_of
from tests.windows.world import UNDER_WINE

assert sys.platform == "win32"  # tells the type checker so, too

NAME = windows_pipe.pipe_name(f"test-{os.getpid()}")
_SE_KERNEL_OBJECT = 6
_DACL = 4


@contextmanager
def echo() -> Iterator[list[int]]:
    """A server that sends back what it gets; the list holds the processes that connected."""
    listener = windows_pipe.PipeListener(NAME)
    callers: list[int] = []

    def serve() -> None:
        while (handle := listener.accept()) is not None:
            callers.append(windows_pipe.peer_process(handle))
            with windows_pipe.PipeConnection(handle) as connection:
                connection.settimeout(5)
                while part := connection.recv(65536):
                    connection.sendall(part)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield callers
    finally:
        listener.stop()
        thread.join(10)
        assert not thread.is_alive()


def test_what_is_sent_comes_back_however_long() -> None:
    content = os.urandom(300_000)
    with echo(), windows_pipe.connect(NAME, 5) as connection:
        received = bytearray()
        for start in range(0, len(content), 30_000):
            connection.sendall(content[start : start + 30_000])
            while len(received) < min(start + 30_000, len(content)):
                received += connection.recv(65536)
    assert bytes(received) == content


def test_the_caller_is_known_by_the_word_of_windows() -> None:
    with echo() as callers, windows_pipe.connect(NAME, 5) as connection:
        connection.sendall(b"x")
        connection.recv(1)
        assert callers == [os.getpid()]
    assert sid_of(os.getpid()) == own_sid()
    assert own_sid().startswith("S-1-5-")
    assert session_id() >= 0


def test_another_process_reaches_it() -> None:
    program = (
        "import sys; from connection_client.system import windows_pipe as p\n"
        "c = p.connect(sys.argv[1], 5); c.sendall(b'from afar'); print(c.recv(99).decode())"
    )
    with echo() as callers:
        done = subprocess.run(
            [sys.executable, "-c", program, NAME], capture_output=True, text=True, check=False, timeout=60
        )
    assert done.stdout.strip() == "from afar", done.stderr
    assert callers[0] not in (0, os.getpid())


def test_a_silent_server_costs_a_limited_time() -> None:
    listener = windows_pipe.PipeListener(NAME)
    accepted: list[int | None] = []
    thread = threading.Thread(target=lambda: accepted.append(listener.accept()))
    thread.start()
    with windows_pipe.connect(NAME, 5) as connection:
        thread.join(10)
        connection.settimeout(0.2)
        with pytest.raises(TimeoutError):
            connection.recv(1)
    listener.stop()
    assert accepted[0] is not None
    windows_overlapped.close_handle(accepted[0])


def test_nobody_listens() -> None:
    with pytest.raises(FileNotFoundError):
        windows_pipe.connect(NAME, 1)


@pytest.mark.skipif(UNDER_WINE, reason="Wine passes over FILE_FLAG_FIRST_PIPE_INSTANCE")
def test_a_name_is_taken_once_and_free_again_afterwards() -> None:
    listener = windows_pipe.PipeListener(NAME)
    with pytest.raises(PermissionError):
        windows_pipe.PipeListener(NAME)
    listener.stop()
    windows_pipe.PipeListener(NAME).stop()


def test_only_this_person_has_rights_and_nobody_over_the_network() -> None:
    assert access_list(windows_pipe.PipeListener(NAME)) in (
        f"D:P(D;;GA;;;NU)(A;;GA;;;{own_sid()})",
        f"D:P(D;;FA;;;NU)(A;;FA;;;{own_sid()})",
    )


def access_list(listener: windows_pipe.PipeListener) -> str:
    """The access list that Windows keeps for the pipe, as text."""
    advapi = ctypes.WinDLL("advapi32", use_last_error=True)
    descriptor, text = ctypes.c_void_p(), ctypes.c_wchar_p()
    handle = wintypes.HANDLE(listener._next)
    failed = advapi.GetSecurityInfo(
        handle, _SE_KERNEL_OBJECT, _DACL, None, None, None, None, ctypes.byref(descriptor)
    )
    assert failed == 0
    assert advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW(
        descriptor, 1, _DACL, ctypes.byref(text), None
    )
    listener.stop()
    return text.value or ""

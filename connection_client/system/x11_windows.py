# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The windows of a running application: named, brought to the front, asked to close (EWMH 1.5).

Through libxcb, which tells of errors instead of ending the program, as Xlib would.
"""

import ctypes
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ANY_TYPE, _CARDINAL, _STRING, _WINDOW, _LONGEST = 0, 6, 31, 33, 4096
_TRIES, _PAUSE = 8, 0.06  # seconds
_CLIENT_MESSAGE, _FORMAT_32, _BY_A_PAGER = 33, 32, 2
_REDIRECT_AND_NOTIFY = 0x100000 | 0x80000


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Message(ctypes.Structure):
    """xcb_client_message_event_t."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("format", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("window", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("data", ctypes.c_uint32 * 5),
    )


class _Roots(ctypes.Structure):
    """xcb_screen_iterator_t; a screen begins with its root window."""

    _fields_ = (
        ("data", ctypes.POINTER(ctypes.c_uint32)),
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


def bring_to_front(processes: frozenset[int], names: frozenset[str] = frozenset()) -> bool:
    """Activate the last window of one of `processes`; False where there is none, or no X server.

    Not every toolkit tells the process (Tk does not): while one runs, a window whose WM_CLASS (ICCCM 4.1.2.5)
    is one of `names` counts as well.
    """
    with _windows_of(processes, names) as (display, windows):
        if display is None or not windows:
            return False
        _insist(display, windows[-1])
        return True


def titles(processes: frozenset[int], names: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """What stands above the windows of `processes`, found as `bring_to_front` finds them."""
    with _windows_of(processes, names) as (display, windows):
        if display is None:
            return ()
        found = (display.title(window) for window in windows)
        return tuple(dict.fromkeys(title for title in found if title))


def ask_to_close(processes: frozenset[int], names: frozenset[str] = frozenset()) -> bool:
    """Press the cross of each window, so to say: the application may ask what to save, and may stay.

    False where there is no window to ask.
    """
    with _windows_of(processes, names) as (display, windows):
        if display is None:
            return False
        for window in windows:
            display.close(window)
        display.wait()
        return bool(windows)


@contextmanager
def _windows_of(
    processes: frozenset[int], names: frozenset[str]
) -> Iterator[tuple["_Display | None", list[int]]]:
    """The connection, and the windows that belong to `processes`, the topmost last."""
    if not processes or not os.environ.get("DISPLAY"):
        yield None, []
        return
    with _connection() as display:
        if display is None:
            yield None, []
            return
        known = display.numbers(display.root, "_NET_CLIENT_LIST_STACKING", _WINDOW)
        yield display, [window for window in known if _belongs(display, window, processes, names)]


def _insist(display: "_Display", window: int) -> None:
    """Ask until it is the active one: a window manager that is busy with another window forgets a wish.

    One that keeps windows from stealing the keyboard marks it as waiting instead, and is left alone.
    """
    for _ in range(_TRIES):
        display.activate(window)
        time.sleep(_PAUSE)
        if window in display.numbers(display.root, "_NET_ACTIVE_WINDOW", _WINDOW):
            return


def _belongs(display: "_Display", window: int, processes: frozenset[int], names: frozenset[str]) -> bool:
    told = display.numbers(window, "_NET_WM_PID", _CARDINAL)
    if told:
        return not processes.isdisjoint(told)
    classes = display.property(window, "WM_CLASS", _STRING).decode("latin-1").split("\0")
    return not names.isdisjoint(classes)


class _Display:
    """A connection to the X server and what is asked of it."""

    def __init__(self, xcb: ctypes.CDLL, libc: ctypes.CDLL, connection: ctypes.c_void_p) -> None:
        self._xcb, self._libc, self._connection = xcb, libc, connection
        roots: _Roots = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection))
        self.root = int(roots.data[0])

    def numbers(self, window: int, name: str, kind: int) -> list[int]:
        """A property that is a list of numbers of 32 bits."""
        content = self.property(window, name, kind)
        return [number for (number,) in struct.iter_unpack("=I", content[: len(content) // 4 * 4])]

    def property(self, window: int, name: str, kind: int) -> bytes:
        """A window's property; nothing where it is not there or the window is gone."""
        asked = self._xcb.xcb_get_property(self._connection, 0, window, self._atom(name), kind, 0, _LONGEST)
        reply = self._xcb.xcb_get_property_reply(self._connection, asked, None)
        if not reply:
            return b""
        try:
            length = self._xcb.xcb_get_property_value_length(ctypes.c_void_p(reply))
            value = self._xcb.xcb_get_property_value(ctypes.c_void_p(reply))
            return ctypes.string_at(value, length) if length else b""
        finally:
            self._libc.free(ctypes.c_void_p(reply))

    def activate(self, window: int) -> None:
        """Ask the window manager to show it and give it the keyboard."""
        self._tell(window, "_NET_ACTIVE_WINDOW", _BY_A_PAGER)

    def close(self, window: int) -> None:
        """Ask the window manager to close it as a person does; it sends WM_DELETE_WINDOW (ICCCM 4.2.8.1)."""
        self._tell(window, "_NET_CLOSE_WINDOW", 0, _BY_A_PAGER)

    def wait(self) -> None:
        """Until the server has read everything: what it has not read is lost with the connection."""
        self.numbers(self.root, "_NET_ACTIVE_WINDOW", _WINDOW)

    def title(self, window: int) -> str:
        """What stands above it."""
        modern = self.property(window, "_NET_WM_NAME", _ANY_TYPE).decode("utf-8", "replace")
        return modern or self.property(window, "WM_NAME", _STRING).decode("latin-1")

    def _tell(self, window: int, name: str, *data: int) -> None:
        message = _Message(_CLIENT_MESSAGE, _FORMAT_32, 0, window, self._atom(name))
        for place, number in enumerate(data):
            message.data[place] = number
        self._xcb.xcb_send_event(self._connection, 0, self.root, _REDIRECT_AND_NOTIFY, ctypes.byref(message))
        self._xcb.xcb_flush(self._connection)

    def _atom(self, name: str) -> int:
        text = name.encode()
        asked = self._xcb.xcb_intern_atom(self._connection, 0, len(text), text)
        reply = self._xcb.xcb_intern_atom_reply(self._connection, asked, None)
        if not reply:
            return 0
        try:
            return ctypes.c_uint32.from_address(reply + 8).value  # xcb_intern_atom_reply_t.atom
        finally:
            self._libc.free(ctypes.c_void_p(reply))


@contextmanager
def _connection() -> Iterator[_Display | None]:
    try:
        xcb, libc = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL(None)
    except OSError:
        yield None
        return
    _declare(xcb)
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    try:
        yield _Display(xcb, libc, connection) if not xcb.xcb_connection_has_error(connection) else None
    finally:
        xcb.xcb_disconnect(connection)


def _declare(xcb: ctypes.CDLL) -> None:
    """What is returned: ctypes takes everything for an int otherwise, and cuts addresses."""
    address, cookie = ctypes.c_void_p, _Cookie
    returned: dict[str, Any] = {
        "xcb_connect": address,
        "xcb_get_setup": address,
        "xcb_setup_roots_iterator": _Roots,
        "xcb_intern_atom": cookie,
        "xcb_intern_atom_reply": address,
        "xcb_get_property": cookie,
        "xcb_get_property_reply": address,
        "xcb_get_property_value": address,
        "xcb_send_event": cookie,
    }
    for name, kind in returned.items():
        getattr(xcb, name).restype = kind
    xcb.xcb_get_setup.argtypes = [address]
    xcb.xcb_setup_roots_iterator.argtypes = [address]

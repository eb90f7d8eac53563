# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Brings the window of a running application to the front, by the window manager (EWMH 1.5).

Through libxcb, which tells of errors instead of ending the program, as Xlib would.
"""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_CARDINAL, _WINDOW, _MOST_WINDOWS = 6, 33, 4096
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


def bring_to_front(processes: frozenset[int]) -> bool:
    """Activate the last window of one of `processes`; False where there is none, or no X server."""
    if not processes or not os.environ.get("DISPLAY"):
        return False
    with _connection() as display:
        if display is None:
            return False
        for window in reversed(display.property(display.root, "_NET_CLIENT_LIST_STACKING", _WINDOW)):
            if processes.intersection(display.property(window, "_NET_WM_PID", _CARDINAL)):
                display.activate(window)
                return True
    return False


class _Display:
    """A connection to the X server and what is asked of it."""

    def __init__(self, xcb: ctypes.CDLL, libc: ctypes.CDLL, connection: ctypes.c_void_p) -> None:
        self._xcb, self._libc, self._connection = xcb, libc, connection
        roots: _Roots = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection))
        self.root = int(roots.data[0])

    def property(self, window: int, name: str, kind: int) -> list[int]:
        """The numbers in a window's property; none where it is not there or the window is gone."""
        asked = self._xcb.xcb_get_property(
            self._connection, 0, window, self._atom(name), kind, 0, _MOST_WINDOWS
        )
        reply = self._xcb.xcb_get_property_reply(self._connection, asked, None)
        if not reply:
            return []
        try:
            count = self._xcb.xcb_get_property_value_length(ctypes.c_void_p(reply)) // 4
            value = self._xcb.xcb_get_property_value(ctypes.c_void_p(reply))
            return list((ctypes.c_uint32 * count).from_address(value)) if count else []
        finally:
            self._libc.free(ctypes.c_void_p(reply))

    def activate(self, window: int) -> None:
        """Ask the window manager to show it and give it the keyboard."""
        message = _Message(_CLIENT_MESSAGE, _FORMAT_32, 0, window, self._atom("_NET_ACTIVE_WINDOW"))
        message.data[0] = _BY_A_PAGER
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

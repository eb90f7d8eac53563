# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether anything on this desktop shows tray icons: a StatusNotifierHost on the bus, or an XEmbed tray."""

import ctypes
import logging
import os
import sys

_LOG = logging.getLogger(__name__)
_WATCHER, _PATH = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
_ANSWER_SECONDS = 3.0


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


def has_desktop() -> bool:
    """Whether there is a desktop at all for this process."""
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def tray_host() -> str:
    """The kind of host that is there: `system`, `StatusNotifier`, `XEmbed`, or "" for none."""
    if sys.platform in ("win32", "darwin"):
        return "system"
    if _status_notifier():
        return "StatusNotifier"
    return "XEmbed" if _xembed() else ""


def _status_notifier() -> bool:
    from jeepney import DBusAddress, MessageFlag, MessageType, Properties
    from jeepney.io.blocking import open_dbus_connection

    watcher = DBusAddress(_PATH, bus_name=_WATCHER, interface=_WATCHER)
    question = Properties(watcher).get("IsStatusNotifierHostRegistered")
    question.header.flags |= MessageFlag.no_auto_start
    try:
        with open_dbus_connection(bus="SESSION") as bus:
            reply = bus.send_and_get_reply(question, timeout=_ANSWER_SECONDS)
    except Exception as error:  # noqa: BLE001  # no bus, or none that answers: no host on it
        _LOG.info("no word of a tray host: %r", error)
        return False
    return reply.header.message_type is MessageType.method_return and bool(reply.body[0][1])


def _xembed() -> bool:
    """Whether somebody owns the selection `_NET_SYSTEM_TRAY_Sn` (System Tray Protocol, freedesktop.org)."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb, libc = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL(None)
    except OSError:
        return False
    address = ctypes.c_void_p
    xcb.xcb_connect.restype = address
    xcb.xcb_intern_atom.restype = xcb.xcb_get_selection_owner.restype = _Cookie
    xcb.xcb_intern_atom_reply.restype = xcb.xcb_get_selection_owner_reply.restype = address
    screen = ctypes.c_int()
    connection = address(xcb.xcb_connect(None, ctypes.byref(screen)))
    try:
        if xcb.xcb_connection_has_error(connection):
            return False
        name = f"_NET_SYSTEM_TRAY_S{screen.value}".encode()
        asked = xcb.xcb_intern_atom(connection, 0, len(name), name)
        atom = _number(xcb.xcb_intern_atom_reply(connection, asked, None), libc)
        asked = xcb.xcb_get_selection_owner(connection, ctypes.c_uint32(atom))
        return bool(atom) and bool(_number(xcb.xcb_get_selection_owner_reply(connection, asked, None), libc))
    finally:
        xcb.xcb_disconnect(connection)


def _number(reply: int | None, libc: ctypes.CDLL) -> int:
    """The one number of 32 bits behind the head of a reply, which is freed."""
    if not reply:
        return 0
    try:
        return ctypes.c_uint32.from_address(reply + 8).value
    finally:
        libc.free(ctypes.c_void_p(reply))

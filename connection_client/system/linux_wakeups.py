# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Moments at which it is worth looking again: this computer woke up, or its network came back.

Told by systemd's logind and by NetworkManager on the system bus; between two moments the thread sleeps in the
kernel. Without such a bus there are no such moments, and the ordinary rhythm holds.
"""

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jeepney import MatchRule, Message
    from jeepney.io.blocking import DBusConnection

_LOG = logging.getLogger(__name__)
_ONLINE = 70  # NM_STATE_CONNECTED_GLOBAL
Listener = Callable[[], None]


class Wakeups:
    """Listens from the first subscription until `close`; listeners are called on its thread."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._bus: DBusConnection | None = None
        self._lock = threading.Lock()
        self._started = self._closed = False

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at each such moment; returns a function that ends it."""
        with self._lock:
            self._listeners.append(listener)
            starts, self._started = not self._started, True
        if starts:
            threading.Thread(target=self._listen, name="wakeups", daemon=True).start()
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def close(self) -> None:
        """Stop listening."""
        with self._lock:
            self._closed, bus = True, self._bus
        if bus is not None:
            with suppress(OSError):
                bus.sock.shutdown(socket.SHUT_RDWR)  # `close` alone leaves the thread in its read

    def _listen(self) -> None:
        try:
            bus = _system_bus()
        except Exception as error:  # noqa: BLE001  # whatever is missing: the ordinary rhythm holds
            _LOG.info("no word of sleep and network: %r", error)
            return
        with self._lock:
            self._bus = bus
        try:
            while not self._closed:
                if _is_worth_a_look(bus.receive()):
                    for listener in tuple(self._listeners):
                        listener()
        except (OSError, EOFError):  # the bus has ended, or `close` was called
            return
        finally:
            bus.close()


def _system_bus() -> "DBusConnection":
    from jeepney import message_bus
    from jeepney.io.blocking import open_dbus_connection

    bus = open_dbus_connection(bus="SYSTEM")
    for rule in _rules():
        bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=5)
    return bus


def _rules() -> "tuple[MatchRule, ...]":
    from jeepney import MatchRule

    login, network = "org.freedesktop.login1.Manager", "org.freedesktop.NetworkManager"
    return (
        MatchRule(type="signal", interface=login, member="PrepareForSleep", path="/org/freedesktop/login1"),
        MatchRule(
            type="signal", interface=network, member="StateChanged", path="/org/freedesktop/NetworkManager"
        ),
    )


def _is_worth_a_look(message: "Message") -> bool:
    """Awake again (`PrepareForSleep` with false), or connected to the whole network."""
    from jeepney import HeaderFields

    member = message.header.fields.get(HeaderFields.member)
    wanted = {"PrepareForSleep": (False,), "StateChanged": (_ONLINE,)}
    return member in wanted and bool(message.body == wanted[member])

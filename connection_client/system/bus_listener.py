# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Listens on a bus of D-Bus, and calls who wants to know; between two news it sleeps in the kernel."""

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
Listener = Callable[[], None]


class BusListener:
    """Listens from the first subscription until `close`; listeners are called on its thread.

    `listen` opens the bus and says what is wanted; `is_news` tells which of it the listeners hear of. With
    `tells_at_once` they are called as soon as it listens, too: of what changed since they looked themselves.
    """

    def __init__(
        self,
        name: str,
        listen: "Callable[[], DBusConnection]",
        is_news: "Callable[[Message], bool]",
        *,
        tells_at_once: bool = False,
    ) -> None:
        self._name, self._open, self._is_news, self._tells_at_once = name, listen, is_news, tells_at_once
        self._listeners: list[Listener] = []
        self._bus: DBusConnection | None = None
        self._lock = threading.Lock()
        self._started = self._closed = False

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at each news; returns a function that ends it."""
        with self._lock:
            self._listeners.append(listener)
            starts, self._started = not self._started, True
        if starts:
            threading.Thread(target=self._listen, name=self._name, daemon=True).start()
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def close(self) -> None:
        """Leave the bus."""
        with self._lock:
            self._closed, bus = True, self._bus
        if bus is not None:
            with suppress(OSError):
                bus.sock.shutdown(socket.SHUT_RDWR)  # `close` alone leaves the thread in its read

    def _listen(self) -> None:
        try:
            bus = self._open()
        except Exception as error:  # noqa: BLE001  # whatever is missing: there are no news then
            _LOG.info("no word of %s: %r", self._name, error)
            return
        with self._lock:
            self._bus = bus
        if self._tells_at_once:
            self._tell()
        try:
            while not self._closed:
                if self._is_news(bus.receive()):
                    self._tell()
        except (OSError, EOFError):  # the bus has ended, or `close` was called
            return
        finally:
            bus.close()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def listening(bus: str, *rules: "MatchRule", seconds: float) -> "DBusConnection":
    """A connection that is sent what fits the rules; the bus has `seconds` for each of its answers.

    Raises what jeepney and the system raise.
    """
    from jeepney import message_bus
    from jeepney.io.blocking import open_dbus_connection

    connection = open_dbus_connection(bus=bus)
    for rule in rules:
        connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=seconds)
    return connection

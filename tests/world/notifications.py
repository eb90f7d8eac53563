# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A server of org.freedesktop.Notifications, whose buttons can be pressed."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"


@dataclass(frozen=True)
class Shown:
    """One notice as it came."""

    number: int
    title: str
    text: str
    actions: dict[str, str]
    replaces: int


class NotificationServer:
    """Owns the name on a bus; `silent` is what a desktop in do-not-disturb says."""

    def __init__(self, bus_address: str) -> None:
        self.shown: list[Shown] = []
        self.silent = False
        self._bus: DBusConnection = open_dbus_connection(bus=bus_address)
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True, name="notification server")
        self._thread.start()

    def press(self, number: int, action: str) -> None:
        """Press a button of a notice."""
        self._bus.send(new_signal(DBusAddress(PATH, interface=NAME), "ActionInvoked", "us", (number, action)))

    def stop(self) -> None:
        """Leave the bus."""
        self._stopped.set()
        self._thread.join(5)
        self._bus.close()

    def _serve(self) -> None:
        while not self._stopped.is_set():
            with contextlib.suppress(TimeoutError):
                asked = self._bus.receive(timeout=0.1)
                if asked.header.message_type is MessageType.method_call:
                    self._bus.send(self._answer(asked))

    def _answer(self, asked: Message) -> Message:
        member = asked.header.fields[HeaderFields.member]
        if member == "GetCapabilities":
            return new_method_return(asked, "as", (["actions", "body", "body-markup"],))
        if member == "Get":
            return new_method_return(asked, "v", (("b", self.silent),))
        if member == "Notify":
            return new_method_return(asked, "u", (self._take(asked.body),))
        return new_error(asked, "org.freedesktop.DBus.Error.UnknownMethod")

    def _take(self, body: tuple[Any, ...]) -> int:
        _name, replaces, _icon, title, text, actions, _hints, _timeout = body
        number = replaces or len(self.shown) + 1
        pairs = dict(zip(actions[::2], actions[1::2], strict=True))
        self.shown.append(Shown(number, title, text, pairs, replaces))
        return int(number)


@contextlib.contextmanager
def notification_server(bus_address: str) -> Iterator[NotificationServer]:
    """Run one."""
    server = NotificationServer(bus_address)
    try:
        yield server
    finally:
        server.stop()

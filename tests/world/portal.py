# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The settings portal of a desktop, on a bus: it answers what it was told, and signals changes."""

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Settings"
_OWNER = 1  # DBUS_REQUEST_NAME_REPLY_PRIMARY_OWNER


class SettingsPortal:
    """Owns the portal's name; values are pairs of a signature and the value."""

    def __init__(self, bus_address: str) -> None:
        self._values: dict[str, dict[str, tuple[str, Any]]] = {}
        self._bus = open_dbus_connection(bus=bus_address)
        reply = self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        assert reply.body[0] == _OWNER, "another portal is on this bus"
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True, name="portal")
        self._thread.start()

    def change(self, namespace: str, key: str, value: tuple[str, Any]) -> None:
        """The person changes a setting of the desktop."""
        self._values.setdefault(namespace, {})[key] = value
        emitter = DBusAddress(PATH, interface=INTERFACE)
        self._bus.send(new_signal(emitter, "SettingChanged", "ssv", (namespace, key, value)))

    def stop(self) -> None:
        """Leave the bus."""
        self._stopped.set()
        self._thread.join()
        self._bus.close()

    def _serve(self) -> None:
        while not self._stopped.is_set():
            with contextlib.suppress(TimeoutError):
                asked = self._bus.receive(timeout=0.05)
                if asked.header.message_type is not MessageType.method_call:
                    continue
                if asked.header.fields.get(HeaderFields.member) == "ReadAll":
                    self._bus.send(new_method_return(asked, "a{sa{sv}}", (self._values,)))
                else:
                    self._bus.send(new_error(asked, "org.freedesktop.DBus.Error.UnknownMethod"))


@contextlib.contextmanager
def settings_portal(bus_address: str) -> Iterator[SettingsPortal]:
    """A portal for as long as the block runs."""
    portal = SettingsPortal(bus_address)
    try:
        yield portal
    finally:
        portal.stop()

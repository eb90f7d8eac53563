# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Contrast and motion as the desktop wants them, by org.freedesktop.portal.Settings on the session bus.

GNOME, KDE and others answer for `org.freedesktop.appearance`; GNOME's own settings are passed on as well.
Where there is no portal, the theme that GTK is told by its variable counts.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from connection_client.domain.wishes import Wishes

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

_LOG = logging.getLogger(__name__)
_PATH, _NAME = "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Desktop"
_INTERFACE = "org.freedesktop.portal.Settings"
_APPEARANCE, _GNOME = "org.freedesktop.appearance", "org.gnome.desktop.interface"
_GNOME_HELP = "org.gnome.desktop.a11y.interface"
_ANSWER_SECONDS = 1.5
_HIGH = "highcontrast"
_NEWS = ("SettingChanged", "NameOwnerChanged")


class LinuxWishes:
    """Implements the port WishesReader; between two changes its thread sleeps in the kernel."""

    def __init__(self, bus: str = "SESSION") -> None:
        self._bus = bus
        self._lock = threading.Lock()
        self._connection: DBusConnection | None = None
        self._listeners: list[Callable[[], None]] = []
        self._listens = self._closed = False
        self.now = Wishes()

    def read(self) -> Wishes:
        """Ask the portal; where none answers, the variable of GTK alone counts."""
        self.now = wishes_of(self._asked())
        return self.now

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener`, on a thread of this class, when a setting of these has changed."""
        with self._lock:
            self._listeners.append(listener)
            begins, self._listens = not self._listens, True
        if begins:
            threading.Thread(target=self._listen, name="wishes", daemon=True).start()
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def close(self) -> None:
        """Leave the bus."""
        with self._lock:
            self._closed, connection = True, self._connection
        if connection is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)  # `close` alone leaves the thread in its read

    def _asked(self) -> Mapping[str, Mapping[str, Any]]:
        from jeepney import DBusAddress, MessageFlag, MessageType, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        portal = DBusAddress(_PATH, bus_name=_NAME, interface=_INTERFACE)
        question = new_method_call(portal, "ReadAll", "as", ([_APPEARANCE, _GNOME, _GNOME_HELP],))
        question.header.flags |= MessageFlag.no_auto_start  # it comes with the desktop, and is heard of then
        try:
            with open_dbus_connection(bus=self._bus) as bus:
                reply = bus.send_and_get_reply(question, timeout=_ANSWER_SECONDS)
        except Exception as error:  # noqa: BLE001  # no bus, no portal, no answer: nothing is wished
            _LOG.info("no word of contrast and motion: %r", error)
            return {}
        if reply.header.message_type is not MessageType.method_return:
            return {}
        found: Mapping[str, Mapping[str, Any]] = reply.body[0]
        return found

    def _listen(self) -> None:
        from jeepney import HeaderFields, MatchRule, message_bus
        from jeepney.io.blocking import open_dbus_connection

        changes = MatchRule(type="signal", interface=_INTERFACE, member="SettingChanged", path=_PATH)
        arrival = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
        arrival.add_arg_condition(0, _NAME)
        try:
            bus = open_dbus_connection(bus=self._bus)
            for rule in (changes, arrival):
                bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=_ANSWER_SECONDS)
        except Exception as error:  # noqa: BLE001  # no bus: nothing changes
            _LOG.info("no word of changes: %r", error)
            return
        with self._lock:
            self._connection = bus
        self._tell()  # of what changed between the first look and now
        try:
            while not self._closed:
                if bus.receive().header.fields.get(HeaderFields.member) in _NEWS:
                    self._tell()
        except (OSError, EOFError):  # the bus has ended, or `close` was called
            return
        finally:
            bus.close()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def wishes_of(found: Mapping[str, Mapping[str, Any]], environment: Mapping[str, str] = os.environ) -> Wishes:
    """What the answer of the portal means; its values are pairs of a signature and the value itself."""

    def value(namespace: str, key: str) -> object:
        told = found.get(namespace, {}).get(key)
        while isinstance(told, tuple) and len(told) == 2:  # noqa: PLR2004  # old portals wrap a variant twice
            told = told[1]
        return told

    theme = str(value(_GNOME, "gtk-theme") or environment.get("GTK_THEME", ""))
    return Wishes(
        contrast=value(_APPEARANCE, "contrast") == 1
        or value(_GNOME_HELP, "high-contrast") is True
        or theme.replace("-", "").casefold().startswith(_HIGH),
        still=value(_APPEARANCE, "reduced-motion") == 1 or value(_GNOME, "enable-animations") is False,
    )

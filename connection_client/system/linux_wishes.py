# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Contrast and motion as the desktop wants them, by org.freedesktop.portal.Settings on the session bus.

GNOME, KDE and others answer for `org.freedesktop.appearance`; GNOME's own settings are passed on as well.
Where there is no portal, the theme that GTK is told by its variable counts.
"""

import logging
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from connection_client.domain.wishes import Wishes
from connection_client.system.bus_listener import BusListener, listening

if TYPE_CHECKING:
    from jeepney import Message
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
    """Implements the port WishesReader."""

    def __init__(self, bus: str = "SESSION") -> None:
        self._bus = bus
        self._listener = BusListener("wishes", lambda: _listening(bus), _is_news, tells_at_once=True)
        self.now = Wishes()

    def read(self) -> Wishes:
        """Ask the portal; where none answers, the variable of GTK alone counts."""
        self.now = wishes_of(self._asked())
        return self.now

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener`, on a thread of the bus, when a setting of these may have changed."""
        return self._listener.subscribe(listener)

    def close(self) -> None:
        """Leave the bus."""
        self._listener.close()

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


def _listening(bus: str) -> "DBusConnection":
    from jeepney import MatchRule

    changes = MatchRule(type="signal", interface=_INTERFACE, member="SettingChanged", path=_PATH)
    arrival = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
    arrival.add_arg_condition(0, _NAME)
    return listening(bus, changes, arrival, seconds=_ANSWER_SECONDS)


def _is_news(message: "Message") -> bool:
    from jeepney import HeaderFields

    return message.header.fields.get(HeaderFields.member) in _NEWS


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

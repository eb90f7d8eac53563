# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether the network is metered and the battery empties, as NetworkManager and UPower say over D-Bus."""

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from connection_client.updates.context import Surroundings

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

_SECONDS = 2.0
_SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket"
# NMMetered: yes, and guessed yes.
_METERED = (1, 3)


def surroundings() -> Surroundings:
    """As they are now; where nobody answers, nothing is held back."""
    # A desktop has both services, a server often neither; the library is imported when it is needed.
    from jeepney.io.blocking import open_dbus_connection

    address = os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", "") or _SYSTEM_BUS
    with suppress(OSError, ValueError, RuntimeError, EOFError), open_dbus_connection(bus=address) as bus:
        return Surroundings(
            metered=_property(bus, "org.freedesktop.NetworkManager", "Metered") in _METERED,
            on_battery=_property(bus, "org.freedesktop.UPower", "OnBattery") is True,
        )
    return Surroundings()


def _property(bus: "DBusConnection", name: str, which: str) -> object:
    from jeepney import DBusAddress, MessageType, Properties

    place = DBusAddress("/" + name.replace(".", "/"), bus_name=name, interface=name)
    reply = bus.send_and_get_reply(Properties(place).get(which), timeout=_SECONDS)
    if reply.header.message_type is not MessageType.method_return:
        return None
    return reply.body[0][1]

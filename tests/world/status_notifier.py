# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A tray host of the StatusNotifierItem kind, as KDE, Xfce and GNOME's extension have it.

It registers icons, reads their title, tooltip, state and menu over D-Bus, and presses their entries.
Specification: freedesktop.org "StatusNotifierItem", and com.canonical.dbusmenu.
"""

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    Properties,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.world.waiting import wait_until

NAME, PATH = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
_INTROSPECTION = f"""<node><interface name="{NAME}">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
</interface></node>"""


class StatusNotifierHost:
    """Owns the watcher's name on a bus while it runs.

    Moments are monotonic, in seconds: `registered_at` when an icon announced itself, `shown_at` when its
    picture and texts were here, so that a panel could paint it.
    """

    def __init__(self, bus_address: str) -> None:
        self._bus_address = bus_address
        self._serving: DBusConnection = open_dbus_connection(bus=bus_address)
        self._asking: DBusConnection = open_dbus_connection(bus=bus_address)
        self._serving.send_and_get_reply(message_bus.RequestName(NAME))
        self._stopped = threading.Event()
        self.items: list[tuple[str, str]] = []
        self.registered_at: list[float] = []
        self.shown_at: list[float] = []
        self._waiting: set[int] = set()
        self._thread = threading.Thread(target=self._serve, daemon=True, name="tray host")
        self._thread.start()

    def stop(self) -> None:
        """Leave the bus, as a desktop shell that crashes does."""
        self._stopped.set()
        self._thread.join(timeout=2)
        self._serving.close()
        self._asking.close()

    def wait_for_icon(self, seconds: float = 20) -> None:
        """Wait until an icon was registered."""
        wait_until(lambda: bool(self.items), seconds, "no icon was registered with the tray host")

    def wait_until_shown(self, seconds: float = 20) -> None:
        """Wait until everything is here that a panel paints of an icon."""
        wait_until(lambda: bool(self.shown_at), seconds, "no icon was shown by the tray host")

    def properties(self) -> dict[str, Any]:
        """What the newest icon says of itself."""
        owner, path = self.items[-1]
        answer = self._ask(Properties(DBusAddress(path, owner, ITEM)).get_all())
        return {name: value for name, (_, value) in answer[0].items()}

    def menu(self) -> list[str]:
        """The labels of the newest icon's menu, in order."""
        return [label for _, label, enabled in self._entries() if label]

    def press(self, label: str) -> None:
        """Click the menu entry whose label begins so."""
        number = next((number for number, text, _ in self._entries() if text.startswith(label)), None)
        if number is None:
            raise LookupError(f"no entry “{label}” in {self.menu()}")
        body = (number, "clicked", ("s", ""), int(time.time()) & 0xFFFFFFFF)
        self._ask(new_method_call(self._menu(), "Event", "isvu", body))

    def activate(self, x: int = 10, y: int = 10) -> None:
        """Click the icon, which is said to be there."""
        owner, path = self.items[-1]
        self._ask(new_method_call(DBusAddress(path, owner, ITEM), "Activate", "ii", (x, y)))

    def _menu(self) -> DBusAddress:
        return DBusAddress(self.properties()["Menu"], self.items[-1][0], MENU)

    def _entries(self) -> list[tuple[int, str, bool]]:
        self._ask(new_method_call(self._menu(), "AboutToShow", "i", (0,)))
        layout = self._ask(new_method_call(self._menu(), "GetLayout", "iias", (0, -1, [])))[1]
        return list(_flat(layout))

    def _ask(self, message: Message) -> Any:
        reply = self._asking.send_and_get_reply(message, timeout=5)
        if reply.header.message_type is MessageType.error:
            raise RuntimeError(str(reply.body))
        return reply.body

    def _serve(self) -> None:
        while not self._stopped.is_set():
            try:
                message = self._serving.receive(timeout=0.2)
            except TimeoutError:
                continue
            except (OSError, ConnectionError):
                return
            kind = message.header.message_type
            if kind is MessageType.method_call:
                self._serving.send(self._answer(message))
            elif kind is MessageType.method_return and self._is_awaited(message):
                self.shown_at.append(time.monotonic())

    def _answer(self, message: Message) -> Message:
        member = message.header.fields.get(HeaderFields.member)
        if member == "RegisterStatusNotifierItem":
            self._register(message)
            return new_method_return(message)
        known = {
            "RegisteredStatusNotifierItems": ("as", [owner + path for owner, path in self.items]),
            "IsStatusNotifierHostRegistered": ("b", True),
            "ProtocolVersion": ("i", 0),
        }
        if member == "Get" and message.body[1] in known:
            return new_method_return(message, "v", (known[message.body[1]],))
        if member == "GetAll":
            return new_method_return(message, "a{sv}", (known,))
        if member == "Introspect":
            return new_method_return(message, "s", (_INTROSPECTION,))
        if member in ("RegisterStatusNotifierHost", "Ping"):
            return new_method_return(message)
        return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")

    def _register(self, message: Message) -> None:
        service = message.body[0]
        sender = message.header.fields.get(HeaderFields.sender)
        self.registered_at.append(time.monotonic())
        self.items.append((sender, service) if service.startswith("/") else (service, "/StatusNotifierItem"))
        here = DBusAddress(PATH, interface=NAME)
        self._serving.send(new_signal(here, "StatusNotifierItemRegistered", "s", (service,)))
        owner, path = self.items[-1]
        serial = next(self._serving.outgoing_serial)
        self._waiting.add(serial)
        self._serving.send(Properties(DBusAddress(path, owner, ITEM)).get_all(), serial=serial)

    def _is_awaited(self, message: Message) -> bool:
        return message.header.fields.get(HeaderFields.reply_serial) in self._waiting


@contextlib.contextmanager
def status_notifier_host(bus_address: str) -> Iterator[StatusNotifierHost]:
    """A tray host on the bus for as long as the block runs."""
    host = StatusNotifierHost(bus_address)
    try:
        yield host
    finally:
        host.stop()


def _flat(node: Any) -> Iterator[tuple[int, str, bool]]:
    number, properties, children = node
    label = properties.get("label", ("s", ""))[1].replace("_", "")
    yield number, label, bool(properties.get("enabled", ("b", True))[1])
    for _, child in children:
        yield from _flat(child)

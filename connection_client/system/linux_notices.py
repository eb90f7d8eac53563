# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Notices by the desktop's own server: org.freedesktop.Notifications, version 1.2, on the session bus.

The server decides about do-not-disturb and full screen; where it says that it is silent, nothing is sent.
"""

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from connection_client.domain.notices import PRESSED, Listener, Notice

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.threading import DBusRouter

_LOG = logging.getLogger(__name__)
_NAME, _PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_ANSWER_SECONDS = 5.0
_NORMAL = 1  # the urgency that do-not-disturb holds back
_AS_LONG_AS_USUAL = -1


class LinuxNotices:
    """Connects with the first notice; between two of them its threads sleep in the kernel."""

    def __init__(self, bus: str = "SESSION") -> None:
        self._bus = bus
        self._lock = threading.Lock()
        self._router: DBusRouter | None = None
        self._able: frozenset[str] = frozenset()
        self._shown: dict[str, int] = {}
        self._listeners: list[Listener] = []
        self._pressed: SimpleQueue[Message | None] = SimpleQueue()

    def show(self, notice: Notice) -> bool:
        """Show it; False where nothing shows notices, or where the person wants silence now."""
        try:
            with self._lock:
                if self._router is None:
                    self._router = self._connect()
                if self._silent():
                    return False
                self._shown[notice.key] = self._ask("Notify", "susssasa{sv}i", self._body(notice))[0]
        except Exception as error:  # noqa: BLE001  # no bus, no server, a server that hangs: there is no notice
            _LOG.info("no notice: %r", error)
            return False
        return True

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(key, action)`, on a thread of this class, when something is pressed."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def close(self) -> None:
        """Leave the bus; what is shown stays until the person puts it away."""
        with self._lock:
            router, self._router = self._router, None
        if router is not None:
            self._pressed.put(None)
            router.close()
            router.conn.close()

    def _connect(self) -> "DBusRouter":
        from jeepney import MatchRule, message_bus
        from jeepney.io.threading import DBusRouter, open_dbus_connection

        router = DBusRouter(open_dbus_connection(bus=self._bus))
        rule = MatchRule(type="signal", interface=_NAME, member="ActionInvoked", path=_PATH)
        pressed = self._pressed = SimpleQueue()
        router.filter(rule, queue=pressed).__enter__()  # for as long as the router lives
        router.send_and_get_reply(message_bus.AddMatch(rule), timeout=_ANSWER_SECONDS)
        threading.Thread(target=self._hear, args=(pressed,), name="notices", daemon=True).start()
        self._router = router
        self._able = frozenset(self._ask("GetCapabilities")[0])
        return router

    def _hear(self, pressed: "SimpleQueue[Message | None]") -> None:
        while True:
            message = pressed.get()
            if message is None:
                return
            number, action = message.body
            with self._lock:  # it may be pressed before the server has told its number
                key = next((key for key, shown in self._shown.items() if shown == number), "")
            for listener in tuple(self._listeners) if key else ():
                listener(key, action)

    def _silent(self) -> bool:
        from jeepney import DBusAddress, MessageType, Properties

        assert self._router is not None  # noqa: S101  # for the type checker: `show` connected
        asked = Properties(DBusAddress(_PATH, bus_name=_NAME, interface=_NAME)).get("Inhibited")
        reply = self._router.send_and_get_reply(asked, timeout=_ANSWER_SECONDS)
        # Most servers have no such property: they keep what comes while they are silent themselves.
        return reply.header.message_type is MessageType.method_return and bool(reply.body[0][1])

    def _body(self, notice: Notice) -> tuple[Any, ...]:
        import html  # a table of all characters that have names

        text = html.escape(notice.text, quote=False) if "body-markup" in self._able else notice.text
        buttons = ((PRESSED, ""), *notice.actions) if "actions" in self._able else ()
        actions = [word for pair in buttons for word in pair]
        hints = {"desktop-entry": ("s", "connection-client"), "urgency": ("y", _NORMAL)}
        replaces = self._shown.get(notice.key, 0)
        name = "CONNECTION Client"
        return name, replaces, "connection-client", notice.title, text, actions, hints, _AS_LONG_AS_USUAL

    def _ask(self, method: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> tuple[Any, ...]:
        from jeepney import DBusAddress, new_method_call
        from jeepney.wrappers import unwrap_msg

        assert self._router is not None  # noqa: S101  # for the type checker: `show` connected
        call = new_method_call(DBusAddress(_PATH, bus_name=_NAME, interface=_NAME), method, signature, body)
        answer: tuple[Any, ...] = unwrap_msg(self._router.send_and_get_reply(call, timeout=_ANSWER_SECONDS))
        return answer

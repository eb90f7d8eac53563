# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A person at the screen: finds things by accessible name (AT-SPI 2 over D-Bus), clicks and types.

The mouse and the keyboard are the X server's (xdotool), so a covered or unreachable control is not pressed.
"""

import contextlib
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.world.waiting import wait_until

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_COMPONENT = "org.a11y.atspi.Component"
_TEXT = "org.a11y.atspi.Text"
_ROOT = "/org/a11y/atspi/accessible/root"
_ON_SCREEN = 0  # ATSPI_COORD_TYPE_SCREEN
_STATE_CHECKED, _STATE_ENABLED, _STATE_SENSITIVE, _STATE_SHOWING = 4, 8, 24, 25  # AtspiStateType
_SECRET = "password text"
_ROLE_PASSWORD_TEXT = 40  # AtspiRole
_SECONDS = 20.0


@dataclass(frozen=True)
class Thing:
    """Something on the screen: its owner on the accessibility bus, and its path there."""

    owner: str
    path: str
    name: str
    role: str


class Screen:
    """What is on the screen of one desktop, and hands for it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        with open_dbus_connection(bus=environment["DBUS_SESSION_BUS_ADDRESS"]) as session:
            launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            address = session.send_and_get_reply(new_method_call(launcher, "GetAddress")).body[0]
        self._bus: DBusConnection = open_dbus_connection(bus=address)

    def close(self) -> None:
        """Leave the accessibility bus."""
        self._bus.close()

    # ---- finding ---------------------------------------------------------------------------------
    def things(self) -> Iterator[Thing]:
        """Everything that is showing, window by window, parents first."""
        registry = Thing("org.a11y.atspi.Registry", _ROOT, "", "")
        for application in self._children(registry):
            for window in self._children(application):
                if self._showing(window):
                    yield from self._below(window)

    def find(self, name: str, role: str = "") -> Thing | None:
        """The first showing thing with that name; `role` narrows where names repeat."""
        with contextlib.suppress(_Gone):
            for thing in self.things():
                if _plain(thing.name) == name and (not role or role == thing.role):
                    return thing
        return None

    def wait_for(self, name: str, role: str = "", seconds: float = _SECONDS) -> Thing:
        """Wait until that thing shows."""
        try:
            return wait_until(lambda: self.find(name, role), seconds, f"“{name}” did not show")
        except TimeoutError as error:
            raise TimeoutError(f"{error}; showing: {self.names()}") from None

    def wait_for_text(self, part: str, seconds: float = _SECONDS) -> str:
        """Wait until some name contains `part`; that name."""

        def found() -> str | None:
            return next((name for name in self.names() if part in name), None)

        try:
            return wait_until(found, seconds, f"no text “{part}” showed")
        except TimeoutError as error:
            raise TimeoutError(f"{error}; showing: {self.names()}") from None

    def names(self) -> list[str]:
        """All names that are showing now."""
        found: list[str] = []
        with contextlib.suppress(_Gone):
            found.extend(_plain(thing.name) for thing in self.things() if thing.name)
        return found

    def enabled(self, thing: Thing) -> bool:
        """Whether it can be pressed."""
        states = self._states(thing)
        return bool(states >> _STATE_ENABLED & 1 and states >> _STATE_SENSITIVE & 1)

    def checked(self, thing: Thing) -> bool:
        """Whether a screen reader says that it is checked."""
        return bool(self._states(thing) >> _STATE_CHECKED & 1)

    def text_of(self, thing: Thing) -> str:
        """What an entry holds."""
        return str(self._call(thing, _TEXT, "GetText", "ii", (0, -1))[0])

    # ---- acting ----------------------------------------------------------------------------------
    def click(self, name: str, role: str = "", seconds: float = _SECONDS) -> Thing:
        """Wait until the thing shows and may be pressed, then click in its middle."""
        self.wait_for(name, role, seconds)

        def pressable() -> Thing | None:
            thing = self.find(name, role)
            return thing if thing and self.enabled(thing) else None

        thing = wait_until(pressable, seconds, f"“{name}” stayed disabled")
        left, top, width, height = self._resting_place(thing)
        self.click_at(left + width // 2, top + height // 2)
        return thing

    def _resting_place(self, thing: Thing) -> tuple[int, int, int, int]:
        """Where it is once it no longer moves: the window manager places a window after it was shown."""
        before: list[tuple[int, int, int, int]] = []

        def still() -> tuple[int, int, int, int] | None:
            before.append(self.extents(thing))
            return before[-1] if before[-3:] == [before[-1]] * 3 else None

        return wait_until(still, _SECONDS, f"“{thing.name}” did not come to rest")

    def click_at(self, x: int, y: int) -> None:
        """Move the mouse there and press its left button."""
        self._hands("mousemove", str(x), str(y), "click", "1")  # --sync waits in vain where it is already

    def type_into(self, name: str, text: str) -> None:
        """Click the entry of that name, empty it and type."""
        wait_until(lambda: self._entry(name), _SECONDS, f"no entry “{name}” showed")
        entry = self._entry(name)
        assert entry is not None
        self.click(name, entry.role)
        self._hands("key", "--clearmodifiers", "ctrl+a")
        self._hands("type", "--clearmodifiers", "--delay", "8", text)
        # An entry for secrets gives dots: their number is what can be seen.
        wait_until(lambda: len(self.text_of(entry)) == len(text), 5, f"“{name}” did not take the text")

    def _entry(self, name: str) -> Thing | None:
        return self.find(name, "text") or self.find(name, _SECRET)

    def press_key(self, key: str) -> None:
        """Press a key by its X name, such as `Return`."""
        self._hands("key", "--clearmodifiers", key)

    def extents(self, thing: Thing) -> tuple[int, int, int, int]:
        """Left, top, width, height on the screen, in pixels."""
        body = self._call(thing, _COMPONENT, "GetExtents", "u", (_ON_SCREEN,))[0]
        return (int(body[0]), int(body[1]), int(body[2]), int(body[3]))

    def _hands(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True, capture_output=True)

    # ---- the accessibility bus -------------------------------------------------------------------
    def _below(self, thing: Thing) -> Iterator[Thing]:
        yield thing
        for child in self._children(thing):
            if self._showing(child):
                yield from self._below(child)

    def _children(self, thing: Thing) -> list[Thing]:
        try:
            references = self._call(thing, _ACCESSIBLE, "GetChildren", "", ())[0]
        except _Gone:
            return []
        return [self._thing(str(owner), str(path)) for owner, path in references]

    def _thing(self, owner: str, path: str) -> Thing:
        bare = Thing(owner, path, "", "")
        try:
            name = self._reply(Properties(_address(bare, _ACCESSIBLE)).get("Name"))[0][1]
            role = self._call(bare, _ACCESSIBLE, "GetRoleName", "", ())[0]
        except _Gone:
            return bare
        return Thing(owner, path, str(name), str(role))

    def _showing(self, thing: Thing) -> bool:
        return bool(self._states(thing) >> _STATE_SHOWING & 1)

    def _states(self, thing: Thing) -> int:
        try:
            low, high = self._call(thing, _ACCESSIBLE, "GetState", "", ())[0]
        except _Gone:
            return 0
        return int(low) | int(high) << 32

    def _call(self, thing: Thing, interface: str, member: str, signature: str, body: tuple[Any, ...]) -> Any:
        return self._reply(new_method_call(_address(thing, interface), member, signature or None, body))

    def _reply(self, message: Any) -> Any:
        try:
            reply = self._bus.send_and_get_reply(message, timeout=3)
        except TimeoutError as error:
            raise _Gone from error
        if reply.header.message_type is MessageType.error:
            raise _Gone(str(reply.body))
        return reply.body


class _Gone(Exception):  # it went away while it was looked at; nothing is wrong
    """The thing left the screen."""


def _address(thing: Thing, interface: str) -> DBusAddress:
    return DBusAddress(thing.path, thing.owner, interface)


def _plain(name: str) -> str:
    return name.replace("&", "").strip()

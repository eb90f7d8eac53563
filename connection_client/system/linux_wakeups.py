# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Moments at which it is worth looking again: this computer woke up, or its network came back.

Told by systemd's logind and by NetworkManager on the system bus; between two moments the thread sleeps in the
kernel. Without such a bus there are no such moments, and the ordinary rhythm holds.
"""

from typing import TYPE_CHECKING

from connection_client.system.bus_listener import BusListener, listening

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

_ANSWER_SECONDS = 5
_ONLINE = 70  # NM_STATE_CONNECTED_GLOBAL


class Wakeups(BusListener):
    """Calls its listeners at each such moment."""

    def __init__(self) -> None:
        super().__init__("wakeups", _listening, _is_worth_a_look)


def _listening() -> "DBusConnection":
    from jeepney import MatchRule

    login, network = "org.freedesktop.login1.Manager", "org.freedesktop.NetworkManager"
    return listening(
        "SYSTEM",
        MatchRule(type="signal", interface=login, member="PrepareForSleep", path="/org/freedesktop/login1"),
        MatchRule(
            type="signal", interface=network, member="StateChanged", path="/org/freedesktop/NetworkManager"
        ),
        seconds=_ANSWER_SECONDS,
    )


def _is_worth_a_look(message: "Message") -> bool:
    """Awake again (`PrepareForSleep` with false), or connected to the whole network."""
    from jeepney import HeaderFields

    member = message.header.fields.get(HeaderFields.member)
    wanted = {"PrepareForSleep": (False,), "StateChanged": (_ONLINE,)}
    return member in wanted and bool(message.body == wanted[member])

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tells on the desktop what the Center has to say: each message once, several as one digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from connection_client.domain.language import _, ngettext, spoken
from connection_client.domain.messages import Level
from connection_client.domain.notices import Notice
from connection_client.domain.settings import NOTIFY_MESSAGES

if TYPE_CHECKING:
    from connection_client.domain.messages import Message
    from connection_client.ui.desk import Desk
    from connection_client.ui.notices import Herald

_READ = "read"


class MessageHerald(QObject):
    """Looks after each look of the desk; what fell into silence is told at a later one."""

    def __init__(self, desk: Desk, herald: Herald, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._herald = desk, herald
        desk.news.looked.connect(self._look)
        herald.message_pressed.connect(self._on_pressed)

    def _look(self) -> None:
        keys = frozenset(_key(message) for message in self._desk.news.held_out)
        told = self._desk.rooms.told
        if keys:
            self._desk.background.run(lambda: told.new(keys), self._tell)

    def _tell(self, new: frozenset[str]) -> None:
        fresh = [message for message in self._desk.news.held_out if _key(message) in new]
        others = [message for message in fresh if message.level is not Level.CRITICAL]
        for message in fresh:
            if message.level is Level.CRITICAL:  # told to everybody, and by itself
                self._herald.say_once(None, _notice(message), frozenset({_key(message)}))
        if others:
            notice = _notice(others[0]) if len(others) == 1 else _digest(others)
            self._herald.say_once(NOTIFY_MESSAGES, notice, frozenset(map(_key, others)))

    def _on_pressed(self, key: str, action: str) -> None:
        link = next((one.link for one in self._desk.news.messages if _key(one) == key), "")
        if action == _READ and link:
            self._desk.open_link(link)
        else:
            self._herald.place_wanted.emit("help")


def _key(message: Message) -> str:
    return f"message {message.id}"


def _notice(message: Message) -> Notice:
    reading = ((_READ, _("Read more")),) if message.link else ()
    actions = (*reading, ("open", _("Open CONNECTION Client")))
    return Notice(_key(message), _("Message from CONNECT Center"), message.text(spoken()), actions)


def _digest(messages: list[Message]) -> Notice:
    count = len(messages)
    title = ngettext("{count} message from CONNECT Center", "{count} messages from CONNECT Center", count)
    text = "\n".join(message.text(spoken()) for message in messages)
    return Notice("messages", title.format(count=count), text, (("open", _("Open CONNECTION Client")),))

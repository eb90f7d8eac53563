# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command `messages`: what CONNECT Center tells the signed-in person."""

import argparse
from contextlib import suppress
from typing import TYPE_CHECKING

from connection_client.cli.output import add_command, show
from connection_client.domain.errors import NetworkError, NotListed, NotSignedIn
from connection_client.domain.key_store_errors import KeyStoreError
from connection_client.domain.language import _, spoken
from connection_client.domain.messages import Message
from connection_client.workspace.rooms import Rooms

if TYPE_CHECKING:
    from connection_client.cli.output import Commands


def register(commands: "Commands") -> None:
    """Add the command."""
    text = _("Show what CONNECT Center tells you.")
    command = add_command(commands, "messages", text, run_messages)
    command.add_argument("--offline", action="store_true", help=_("do not ask the Center"))
    command.add_argument(
        "--dismiss", metavar="ID", default="", help=_("put this one away; it is still listed")
    )


def run_messages(rooms: Rooms, options: argparse.Namespace) -> int:
    """Each message that holds now; an outage, or a locked key store, leaves those that were kept."""
    if rooms.session.restore().account is None:
        raise NotSignedIn
    if not options.offline:
        with suppress(NetworkError, KeyStoreError):
            rooms.messages.refresh()
    messages = rooms.messages.current()
    if options.dismiss:
        if all(one.id != options.dismiss for one in messages):
            raise NotListed(name=options.dismiss, command="messages")
        rooms.messages.dismiss(options.dismiss)
        messages = rooms.messages.current()
    lines = [line for message in messages for line in _in_words(message)]
    show(options, as_json(messages), lines or [_("There are no messages.")])
    return 0


def as_json(messages: tuple[Message, ...]) -> list[dict[str, object]]:
    """The messages in the language that is spoken now."""
    return [
        {
            "id": one.id,
            "level": one.level.value,
            "text": one.text(spoken()),
            "link": one.link,
            "begins": one.begins.isoformat(),
            "ends": one.ends.isoformat(),
            "dismissed": one.dismissed,
        }
        for one in messages
    ]


def _in_words(message: Message) -> list[str]:
    told = message.text(spoken())
    return [f"{message.id}  {told}", *([f"  {message.link}"] if message.link else [])]

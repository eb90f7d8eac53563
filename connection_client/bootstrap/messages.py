# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Joins what the Center tells people."""

from connection_client.bootstrap.workspace import account_of
from connection_client.identity.session import Session
from connection_client.storage.folders import Folders
from connection_client.storage.messages import MessageFile
from connection_client.storage.update_locks import lock_beside
from connection_client.workspace.messages import Messages, MessageSource


def messages_of(folders: Folders, source: MessageSource, session: Session) -> Messages:
    """The messages of who is signed in; who signs out leaves none."""
    place = folders.data / "messages.json"
    messages = Messages(source, MessageFile(place, lock_beside(place)), lambda: account_of(session))
    session.subscribe(messages.follow)
    return messages

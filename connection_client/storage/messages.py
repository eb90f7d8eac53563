# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Center's messages in one file, so that a start without network shows what still holds."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from connection_client.domain.messages import Feed, KeptMessages, Level, Message
from connection_client.storage.files import as_text, read_json, write_json


class MessageFile:
    """Implements the port MessageStore; a file that cannot be read counts as empty."""

    def __init__(self, path: Path, lock: Callable[[], AbstractContextManager[object]]) -> None:
        self._path, self._lock = path, lock
        self._thread = threading.Lock()

    def load(self) -> KeptMessages:
        """What was kept."""
        try:
            kept = read_json(self._path)
            return KeptMessages() if kept is None else _kept(kept)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return KeptMessages()

    def change(self, alter: Callable[[KeptMessages], KeptMessages]) -> KeptMessages:
        """Replace what is kept in one step for all processes; raises FolderNotWritable."""
        with self._thread, self._lock():
            kept = alter(self.load())
            write_json(self._path, _plain(kept))
            return kept


def _plain(kept: KeptMessages) -> dict[str, object]:
    value = asdict(kept)
    for message in value["feed"]["messages"]:
        message |= {name: message[name].isoformat() for name in ("begins", "ends")}
    return value


def _kept(value: Any) -> KeptMessages:  # whatever lies in the file
    """What the file says; raises ValueError, TypeError, KeyError or AttributeError where it is not ours."""
    feed = Feed(as_text(value["feed"]["etag"]), tuple(_message(one) for one in value["feed"]["messages"]))
    dismissed = tuple(as_text(one) for one in value["dismissed"])
    return KeptMessages(as_text(value["issuer"]), as_text(value["subject"]), feed, dismissed)


def _message(value: Any) -> Message:  # as above
    texts = {as_text(language): as_text(text) for language, text in value["texts"].items()}
    begins, ends = (datetime.fromisoformat(value[name]) for name in ("begins", "ends"))
    if begins.tzinfo is None or ends.tzinfo is None:
        raise ValueError(value)
    return Message(as_text(value["id"]), Level(value["level"]), texts, begins, ends, as_text(value["link"]))

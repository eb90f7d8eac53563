# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Messages of the Center to its people: each is told once, and can be read until it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

ORIGINAL = "en"  # what is read where a message was not written in the reader's language


class Level(StrEnum):
    """How much it matters; a critical one is told even where messages are switched off."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True)
class Message:
    """One message; `texts` by language, `begins` and `ends` aware, `link` a web page or empty.

    `dismissed` says that the person has put it away: it is still listed, but no longer held out.
    """

    id: str
    level: Level
    texts: Mapping[str, str]
    begins: datetime
    ends: datetime
    link: str = ""
    dismissed: bool = False

    def text(self, language: str) -> str:
        """The text in `language`, a code such as `de`, or in English, or in whatever language there is."""
        return self.texts.get(language) or self.texts.get(ORIGINAL) or next(iter(self.texts.values()), "")

    def holds(self, now: datetime) -> bool:
        """Whether it is to be shown at that moment."""
        return self.begins <= now < self.ends


@dataclass(frozen=True)
class Feed:
    """What the Center answered, and its name for that answer."""

    etag: str = ""
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True)
class KeptMessages:
    """What is on disk: the messages for one account, and which of them the person has put away."""

    issuer: str = ""
    subject: str = ""
    feed: Feed = Feed()
    dismissed: tuple[str, ...] = ()

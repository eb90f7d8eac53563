# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A row of an application as it is drawn: words, a shape, how loud it is, and its button."""

from dataclasses import dataclass
from enum import StrEnum

from connection_client.domain.language import N_


class Act(StrEnum):
    """The buttons of a row; the value is the text."""

    OPEN = N_("Open")
    UPDATE = N_("Update")
    INSTALL = N_("Install")
    LOCKED = N_("Locked")
    PAUSE = N_("Pause")
    RESUME = N_("Resume")
    RETRY = N_("Try again")


class Tone(StrEnum):
    """How loud a state is."""

    PLAIN = "secondary"
    ACCENT = "accent"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True)
class Face:
    """A row as it is drawn; `fraction` is None without a progress line and below 0 while it is unknown.

    `facts` and `news` stand below the state. `picked` is None where the row cannot be selected at all;
    `pickable` says whether it can be now.
    """

    key: str
    name: str
    version: str
    state: str
    icon: str
    tone: Tone = Tone.PLAIN
    act: Act | None = None
    can_cancel: bool = False
    fraction: float | None = None
    installed: bool = True
    facts: str = ""
    news: str = ""
    picked: bool | None = None
    pickable: bool = True

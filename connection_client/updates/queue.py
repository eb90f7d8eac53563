# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person agreed to have installed and what is not finished: it outlives the process."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Waiting(StrEnum):
    """What an agreed installation waits for: its turn, the person, or that the application has ended."""

    TURN = "turn"
    PERSON = "person"
    CLOSING = "closing"


@dataclass(frozen=True)
class Agreed:
    """The person pressed the button at `at` (aware) for this `version`, and for no other.

    `file` is set where a person brought the package; `back` where the version before is wanted again.
    """

    product_id: str
    version: str
    at: datetime
    waiting: Waiting = Waiting.TURN
    file: Path | None = None
    back: bool = False


class AgreedStore(Protocol):
    """Keeps what was agreed to on this computer."""

    @property
    def unfinished(self) -> tuple[Agreed, ...]:
        """What was not finished when the process began."""
        ...

    def keep(self, number: int, agreed: tuple[Agreed, ...]) -> None:
        """Keep this instead; `number` grows, and an older one changes nothing. Raises FolderNotWritable."""
        ...


class InMemory:
    """Implements `AgreedStore` for a program that nothing survives."""

    def __init__(self, unfinished: tuple[Agreed, ...] = ()) -> None:
        self.unfinished = self.agreed = unfinished

    def keep(self, number: int, agreed: tuple[Agreed, ...]) -> None:  # noqa: ARG002  # in order already
        """Keep it as long as the process lives."""
        self.agreed = agreed

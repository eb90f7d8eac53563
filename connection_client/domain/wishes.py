# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person has asked of every program on the desktop: more contrast, less motion."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Wishes:
    """`contrast`: as much as there can be; `still`: nothing moves by itself."""

    contrast: bool = False
    still: bool = False


class WishesReader(Protocol):
    """Knows the wishes; they may change while the program runs."""

    @property
    def now(self) -> Wishes:
        """What was known last, at once."""
        ...

    def read(self) -> Wishes:
        """Ask the desktop; takes a moment, and raises nothing."""
        ...

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener`, on any thread, when it is worth reading again; gives the end of it."""
        ...


class NoWishes:
    """A desktop that is asked for nothing."""

    now = Wishes()

    def read(self) -> Wishes:
        """Nothing."""
        return self.now

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:  # noqa: ARG002  # as the port wants it
        """Nothing ever changes."""
        return lambda: None

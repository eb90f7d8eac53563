# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Notices on the desktop, for what happens while nobody looks at the window."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

PRESSED = "default"  # the notice itself was pressed, none of its buttons


@dataclass(frozen=True)
class Notice:
    """`key` is what it is about: a later one of the same key takes its place; `actions` are ids and verbs."""

    key: str
    title: str
    text: str
    actions: tuple[tuple[str, str], ...] = ()


Listener = Callable[[str, str], None]


class Notices(Protocol):
    """Shows notices and tells what was pressed."""

    def show(self, notice: Notice) -> bool:
        """Show it; False where nothing shows notices, or where the person wants silence now."""
        ...

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(key, action)`, on any thread, when something is pressed; gives the end of it."""
        ...


class NoNotices:
    """A computer that shows none."""

    def show(self, notice: Notice) -> bool:  # noqa: ARG002  # as the port wants it
        """Nothing."""
        return False

    def subscribe(self, listener: Listener) -> Callable[[], None]:  # noqa: ARG002  # as the port wants it
        """Nothing is ever pressed."""
        return lambda: None


class Told(Protocol):
    """Remembers across starts what was told: an update, a message of the Center, by a key of its own."""

    def new(self, keys: Collection[str]) -> frozenset[str]:
        """Those of `keys` that were never told."""
        ...

    def keep(self, keys: Collection[str]) -> None:
        """These were told; raises FolderNotWritable."""
        ...


class ToldHere:
    """Remembers for as long as the program runs."""

    def __init__(self) -> None:
        self._keys: frozenset[str] = frozenset()

    def new(self, keys: Collection[str]) -> frozenset[str]:
        """Those of `keys` that were never told."""
        return frozenset(keys) - self._keys

    def keep(self, keys: Collection[str]) -> None:
        """These were told."""
        self._keys |= frozenset(keys)

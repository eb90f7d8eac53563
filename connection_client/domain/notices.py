# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Notices on the desktop, for what happens while nobody looks at the window."""

from collections.abc import Callable
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

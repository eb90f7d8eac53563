# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The view that every door shows now, and who hears of a new one."""

import threading
from collections.abc import Callable
from dataclasses import replace

from connection_client.domain.progress import Progress
from connection_client.workspace.view import Row, View

Listener = Callable[[View], None]


class ShownView:
    """Thread-safe; `view` is what is known, at once."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._listeners: list[Listener] = []
        self._busy: dict[str, Progress] = {}
        self.view = View()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every new view, on any thread; gives back what ends it."""
        with self._guard:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._guard:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def show(self, view: View) -> View:
        """Show what a look gave, with the progress of what is under way."""
        return self._publish(lambda _: view)

    def mark(self, product_id: str, progress: Progress | None) -> None:
        """Show how far an installation is; None once it has ended."""
        with self._guard:
            if progress is None:
                self._busy.pop(product_id, None)
            else:
                self._busy[product_id] = progress
        self._publish(lambda view: view)

    def _publish(self, change: Callable[[View], View]) -> View:
        """Replace the view in one step, so that neither a look nor a progress overtakes the other."""
        with self._guard:
            new = change(self.view)
            rows = tuple(_with_busy(row, self._busy.get(row.product_id)) for row in new.rows)
            view = self.view = replace(new, rows=rows)
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(view)
        return view


def _with_busy(row: Row, progress: Progress | None) -> Row:
    return row if row.busy == progress else replace(row, busy=progress)

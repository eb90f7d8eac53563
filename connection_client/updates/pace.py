# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How fast downloads came to this computer lately: measured, never guessed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Protocol

from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.progress import Phase, Progress

_SHORTEST_SECONDS, _FEWEST_BYTES = 1.0, 1_000_000  # less tells of buffers, not of the way


@dataclass(frozen=True)
class Measure:
    """`count` bytes came in `seconds`."""

    count: int
    seconds: float


class Measures(Protocol):
    """Keeps the measures of the last downloads."""

    def read(self) -> tuple[Measure, ...]:
        """Those that are kept, the newest first; none where nothing was measured."""
        ...

    def add(self, measure: Measure) -> None:
        """Keep one more; raises FolderNotWritable."""
        ...


@dataclass
class MeasuresHere:
    """Kept as long as the program runs."""

    kept: tuple[Measure, ...] = ()

    def read(self) -> tuple[Measure, ...]:
        """Those of this run."""
        return self.kept

    def add(self, measure: Measure) -> None:
        """Keep one more."""
        self.kept = (measure, *self.kept)


@dataclass(frozen=True)
class MeasuredPace:
    """Listens to the progress of downloads; `clock` counts seconds from any moment."""

    measures: Measures = field(default_factory=MeasuresHere)
    clock: Callable[[], float] = time.monotonic

    @property
    def bytes_per_second(self) -> float:
        """The rate of the last downloads together; 0.0 where nothing was measured."""
        measures = self.measures.read()
        seconds = sum(measure.seconds for measure in measures)
        return sum(measure.count for measure in measures) / seconds if seconds > 0 else 0.0

    @contextmanager
    def measured(self, on_progress: Callable[[Progress], None]) -> Iterator[Callable[[Progress], None]]:
        """Gives what a download reports to in place of `on_progress`; what came is kept at the end."""
        stretch = _Stretch(self.clock)

        def tell(progress: Progress) -> None:
            stretch.hear(progress)
            on_progress(progress)

        try:
            yield tell
        finally:
            if stretch.count >= _FEWEST_BYTES and stretch.seconds >= _SHORTEST_SECONDS:
                with suppress(FolderNotWritable):  # a full disk has its own words
                    self.measures.add(Measure(stretch.count, stretch.seconds))


class _Stretch:
    """The bytes and seconds between the first and the last news of a download."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last: tuple[float, int] | None = None
        self.count, self.seconds = 0, 0.0

    def hear(self, progress: Progress) -> None:
        if progress.phase is not Phase.DOWNLOADING:
            return
        now = self._clock()
        if self._last is not None:
            then, before = self._last
            self.seconds += now - then
            self.count += max(progress.done - before, 0)  # a part that was thrown away comes again
        self._last = now, progress.done

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How fast downloads come is what their progress showed, and nothing where it showed too little."""

from dataclasses import dataclass, field

import pytest

from connection_client.domain.errors import DownloadStopped
from connection_client.domain.progress import Phase, Progress
from connection_client.updates.pace import MeasuredPace


@dataclass
class Watched:
    """A pace whose clock is set by hand, and what the listener behind it heard."""

    now: float = 100.0
    heard: list[Progress] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pace = MeasuredPace(clock=lambda: self.now)

    def download(self, *moments: tuple[float, int], ends_with: Exception | None = None) -> None:
        with self.pace.measured(self.heard.append) as tell:
            tell(Progress(Phase.VERIFYING))
            for seconds, megabytes in moments:
                self.now += seconds
                tell(Progress(Phase.DOWNLOADING, megabytes * 1_000_000))
            if ends_with is not None:
                raise ends_with


def test_nothing_is_known_before_something_was_measured() -> None:
    assert MeasuredPace().bytes_per_second == 0.0


def test_it_is_the_bytes_by_the_seconds_between_the_first_and_the_last_news() -> None:
    watched = Watched()
    watched.download((30, 100), (5, 110), (5, 140))
    assert watched.pace.bytes_per_second == 4_000_000
    assert [one.done for one in watched.heard] == [0, 100_000_000, 110_000_000, 140_000_000]


def test_several_downloads_weigh_by_their_time() -> None:
    watched = Watched()
    watched.download((0, 0), (9, 90))
    watched.download((0, 0), (1, 1))
    assert watched.pace.bytes_per_second == 9_100_000


@pytest.mark.parametrize("moments", [((0, 0), (0.5, 300)), ((0, 0), (60, 0)), ((0, 500),)])
def test_what_was_too_short_or_too_little_is_no_measure(moments: tuple[tuple[float, int], ...]) -> None:
    watched = Watched()
    watched.download(*moments)
    assert watched.pace.bytes_per_second == 0.0


def test_a_part_that_comes_again_counts_twice_and_a_failure_measures_too() -> None:
    watched = Watched()
    with pytest.raises(DownloadStopped):
        watched.download((0, 0), (2, 8), (0, 0), (2, 4), ends_with=DownloadStopped(reason="cut", kept=4))
    assert watched.pace.bytes_per_second == 3_000_000

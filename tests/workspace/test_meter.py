# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A download that nobody attends to stops where the network becomes metered, and goes on from there later."""

import threading
from collections.abc import Callable

import pytest

from connection_client.domain.errors import DownloadCancelled, InstallationPutOff
from connection_client.domain.progress import Phase, Progress
from connection_client.updates.context import Surroundings
from connection_client.workspace.meter import Meter
from tests.world.delivered import installed, refreshed
from tests.world.delivery import Delivery
from tests.world.root import needs_root

FREE = Surroundings()


class Turning:
    """Surroundings that turn with the first bytes of a download."""

    def __init__(self, turn: Surroundings) -> None:
        self.now, self._turn = FREE, turn

    def __call__(self) -> Surroundings:
        return self.now

    def tell(self, progress: Progress) -> None:
        if progress.phase is Phase.DOWNLOADING:
            self.now = self._turn


@needs_root
@pytest.mark.parametrize("turn", [Surroundings(metered=True), Surroundings(on_battery=True)])
def test_it_is_put_off_in_the_middle_and_goes_on_later(updatable: Delivery, turn: Surroundings) -> None:
    workspace, around = refreshed(updatable), Turning(turn)
    updatable.surroundings = around

    with pytest.raises(InstallationPutOff):
        workspace.install("survey-viewer", around.tell, threading.Event(), unattended=True)

    assert installed(updatable) == "10.1.0.12"
    assert list(updatable.downloads.glob("*.part"))
    assert workspace.history() == ()

    around.now = FREE
    report = workspace.install("survey-viewer", lambda _: None, threading.Event(), unattended=True)
    assert report.after == "10.2.0.7"


@needs_root
def test_a_person_goes_on_and_may_cancel_as_ever(updatable: Delivery) -> None:
    workspace, around = refreshed(updatable), Turning(Surroundings(metered=True))
    updatable.surroundings = around
    stop = threading.Event()
    stop.set()

    with pytest.raises(DownloadCancelled):
        workspace.install("survey-viewer", around.tell, stop, unattended=True)

    around.now = FREE
    assert workspace.install("survey-viewer", around.tell, threading.Event()).after == "10.2.0.7"
    assert around.now.metered


def asked_in(meter: Meter, progress: Progress, asked: list[int]) -> int:
    before = len(asked)
    meter.tell(progress)
    return len(asked) - before


def counting(asked: list[int]) -> Callable[[], Surroundings]:
    def surroundings() -> Surroundings:
        asked.append(1)
        return FREE

    return surroundings


def test_the_system_is_asked_between_blocks_and_not_for_each() -> None:
    asked: list[int] = []
    meter = Meter(counting(asked), lambda _: None, threading.Event())
    block = Progress(Phase.DOWNLOADING, 1, 1000)

    for _ in range(1000):
        meter.tell(block)
    assert len(asked) == 1
    assert asked_in(meter, Progress(Phase.INSTALLING), asked) == 0
    assert not meter.stop.is_set()

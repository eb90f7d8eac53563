# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installations run one after the other; each can be paused, gone on with and cancelled."""

from connection_client.domain.errors import DiskFull
from connection_client.ui.operation import Stage
from tests.ui.conftest import Show, Shown


def stage(shown: Shown, product_id: str) -> Stage | None:
    operation = shown.desk.operations.of(product_id)
    return operation.stage if operation is not None else None


def under_way(show: Show) -> Shown:
    shown = show()
    shown.world.workspace.stepwise = True
    shown.desk.operations.start("survey-viewer")
    shown.desk.operations.start("terrain-builder")
    return shown


def test_the_second_waits_for_the_first(show: Show) -> None:
    shown = under_way(show)
    assert (stage(shown, "survey-viewer"), stage(shown, "terrain-builder")) == (Stage.RUNNING, Stage.QUEUED)
    for _ in range(20):
        shown.world.workspace.go_on.release()
    shown.until(lambda: stage(shown, "survey-viewer") is Stage.DONE)
    shown.until(lambda: stage(shown, "terrain-builder") is Stage.RUNNING)


def test_asking_twice_is_asking_once(show: Show) -> None:
    shown = under_way(show)
    shown.desk.operations.start("survey-viewer")
    assert len(shown.desk.operations.under_way) == 2


def test_a_paused_one_keeps_its_progress_and_goes_on(show: Show) -> None:
    shown = under_way(show)
    for _ in range(4):
        shown.world.workspace.go_on.release()
    shown.until(
        lambda: (one := shown.desk.operations.of("survey-viewer")) is not None and one.progress.fraction > 0.2
    )
    shown.desk.operations.pause("survey-viewer")
    shown.world.workspace.go_on.release()
    shown.until(lambda: stage(shown, "survey-viewer") is Stage.PAUSED)
    paused = shown.desk.operations.of("survey-viewer")
    assert paused is not None
    assert paused.progress.fraction > 0.2
    shown.desk.operations.start("survey-viewer")
    assert stage(shown, "survey-viewer") is Stage.QUEUED


def test_a_cancelled_one_is_gone_and_the_next_starts(show: Show) -> None:
    shown = under_way(show)
    shown.desk.operations.cancel("survey-viewer")
    shown.world.workspace.go_on.release()
    shown.until(lambda: stage(shown, "survey-viewer") is None)
    shown.until(lambda: stage(shown, "terrain-builder") is Stage.RUNNING)


def test_one_that_waits_is_cancelled_at_once(show: Show) -> None:
    shown = under_way(show)
    shown.desk.operations.cancel("terrain-builder")
    assert stage(shown, "terrain-builder") is None


def test_a_failure_opens_its_reason(show: Show) -> None:
    shown = show()
    shown.world.workspace.failing = DiskFull(needed=400_000_000, kept=212_000_000)
    shown.desk.operations.start("survey-viewer")
    shown.until(lambda: stage(shown, "survey-viewer") is Stage.FAILED)
    texts = [
        label.text()
        for label in shown.window.applications.findChildren(type(shown.window.applications.title))
    ]
    assert any("The download stopped because the disk is full. 212 MB are kept." in text for text in texts)
    assert shown.row("Survey Viewer SES").act.text() == "Resume"

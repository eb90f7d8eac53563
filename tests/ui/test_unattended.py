# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Updates install without asking only where that was chosen, and only while nothing is in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject

from connection_client.domain.catalogue import InstallRecipe
from connection_client.domain.errors import ApplicationRunning, InstallationPutOff
from connection_client.domain.recommendations import Blocker, Recommendation
from connection_client.domain.update_settings import UPDATE_MODE
from connection_client.ui.unattended import Unattended
from connection_client.updates.failures import InMemory
from connection_client.workspace.view import Row
from tests.ui.conftest import Show, Shown
from tests.world.sample_products import sample_rows
from tests.world.sample_rooms import SIGNED_IN, sample


@pytest.fixture
def shown(show: Show) -> Iterator[Shown]:
    made = show()
    parent = QObject()
    Unattended(made.desk, parent)
    yield made
    parent.deleteLater()


def looked(shown: Shown) -> None:
    shown.until(lambda: not shown.desk.refreshing)
    shown.desk.refresh()
    shown.until(lambda: not shown.desk.refreshing)


def test_nothing_is_installed_unasked_unless_it_was_chosen(shown: Shown) -> None:
    looked(shown)
    assert shown.desk.updates
    assert not shown.desk.operations.under_way


def test_what_nothing_stands_in_the_way_of_is_installed(shown: Shown) -> None:
    free = {
        row.product_id for row in shown.desk.updates if row.recommendation and not row.recommendation.blockers
    }
    held = {row.product_id for row in shown.desk.updates} - free
    assert free
    shown.desk.rooms.settings.set(UPDATE_MODE, "automatic")
    looked(shown)
    shown.until(lambda: not free & {row.product_id for row in shown.desk.updates})
    assert {row.product_id for row in shown.desk.updates} == held


def test_what_failed_is_not_tried_again_by_itself(shown: Shown) -> None:
    shown.world.workspace.failing = RuntimeError("no")
    shown.desk.rooms.settings.set(UPDATE_MODE, "automatic")
    looked(shown)
    shown.until(lambda: not shown.desk.operations.under_way)
    for row in shown.desk.updates:
        shown.desk.operations.forget(row.product_id)
    looked(shown)
    shown.bot.wait(100)
    assert not shown.desk.operations.under_way


def automatic(show: Show, failures: InMemory | None = None, *, attended: bool = True) -> Shown:
    """A client where updates come without asking, after its first look and another."""
    world = sample(SIGNED_IN)
    world.failures = failures or world.failures
    shown = show(world, attended=attended)
    Unattended(shown.desk, shown.desk)
    shown.desk.rooms.settings.set(UPDATE_MODE, "automatic")
    looked(shown)
    return shown


def wanting_rights(shown: Shown) -> set[str]:
    rows = [row for row in shown.desk.updates if row.recommendation and not row.recommendation.blockers]
    return {row.product_id for row in rows if row.recommendation and row.recommendation.needs_rights}


def test_nothing_asks_for_a_password_before_somebody_is_there(show: Show) -> None:
    shown = automatic(show, attended=False)
    wanting = wanting_rights(shown)
    assert wanting
    shown.bot.wait(100)
    assert shown.world.workspace.unattended == []
    shown.desk.attended = lambda: True
    looked(shown)
    shown.until(lambda: not wanting & {row.product_id for row in shown.desk.updates})
    assert all(shown.world.workspace.unattended)


def test_what_needs_no_rights_is_installed_also_where_nobody_is(show: Show) -> None:
    world = sample(SIGNED_IN)
    world.workspace.show(replace(world.workspace.view, rows=tuple(map(for_one_person, sample_rows()))))
    shown = show(world, attended=False)
    free = {
        row.product_id for row in shown.desk.updates if row.recommendation and not row.recommendation.blockers
    }
    Unattended(shown.desk, shown.desk)
    shown.desk.rooms.settings.set(UPDATE_MODE, "automatic")
    looked(shown)
    assert free
    shown.until(lambda: not free & {row.product_id for row in shown.desk.updates})


def for_one_person(row: Row) -> Row:
    wanted = row.recommendation
    if wanted is None:
        return row
    package = replace(wanted.package, install=InstallRecipe("appimage", "user", "none"))
    return replace(row, recommendation=replace(wanted, package=package, chain=(package,)))


@pytest.mark.parametrize(
    ("version", "hours", "waits"),
    [("10.2.0.7", 23, True), ("10.2.0.7", 25, False), ("10.1.9", 0, False)],
)
def test_what_failed_waits_a_day_also_after_a_new_start(
    show: Show, version: str, hours: int, *, waits: bool
) -> None:
    failed = {("survey-viewer", version): datetime.now(UTC) - timedelta(hours=hours)}
    shown = automatic(show, InMemory(failed))
    shown.until(lambda: "terrain-builder" not in {row.product_id for row in shown.desk.updates})
    shown.until(lambda: not shown.desk.operations.under_way)
    assert ("survey-viewer" in {row.product_id for row in shown.desk.updates}) is waits


def test_what_failed_is_kept_for_the_next_start(show: Show) -> None:
    shown = show()
    Unattended(shown.desk, shown.desk)
    shown.world.workspace.failing = RuntimeError("no")
    shown.desk.operations.start("survey-viewer")
    shown.until(lambda: ("survey-viewer", "10.2.0.7") in shown.world.failures.failed)


@pytest.mark.parametrize("passing", [ApplicationRunning(name="x"), InstallationPutOff(name="x", reason="y")])
def test_what_only_has_to_wait_is_no_failure(show: Show, passing: Exception) -> None:
    shown = show()
    unattended = Unattended(shown.desk, shown.desk)
    shown.world.workspace.failing = passing
    shown.desk.rooms.settings.set(UPDATE_MODE, "automatic")
    looked(shown)
    shown.until(lambda: bool(shown.world.workspace.unattended) and not shown.desk.operations.under_way)
    assert shown.desk.operations.of("survey-viewer") is None
    assert shown.world.failures.failed == {}
    assert unattended.waiting
    shown.world.workspace.failing = None
    looked(shown)
    shown.until(lambda: "survey-viewer" not in {row.product_id for row in shown.desk.updates})


def test_what_a_person_cancelled_does_not_begin_again_by_itself(show: Show) -> None:
    shown = show()
    Unattended(shown.desk, shown.desk)
    shown.world.workspace.stepwise = True
    shown.desk.rooms.settings.set(UPDATE_MODE, "automatic")
    looked(shown)
    shown.until(lambda: bool(shown.world.workspace.unattended))
    shown.desk.operations.cancel("survey-viewer")
    shown.world.workspace.go_on.release()
    shown.until(lambda: shown.desk.operations.of("survey-viewer") is None)
    looked(shown)
    shown.bot.wait(100)
    assert shown.desk.operations.of("survey-viewer") is None


def test_what_nobody_asked_for_is_not_kept_as_agreed_unless_a_person_paused_it(show: Show) -> None:
    shown = show()
    shown.world.workspace.stepwise = True
    shown.desk.operations.start("survey-viewer", unattended=True)
    shown.until(lambda: bool(shown.world.workspace.unattended))
    assert shown.world.agreed.agreed == ()
    shown.desk.operations.pause("survey-viewer")
    shown.world.workspace.go_on.release()
    shown.until(lambda: [one.product_id for one in shown.world.agreed.agreed] == ["survey-viewer"])


def test_what_waited_goes_on_when_the_meter_is_gone_without_asking_the_center(show: Show) -> None:
    shown = show()
    free = shown.world.workspace.view
    metered = tuple(replace(row, recommendation=held(row.recommendation)) for row in free.rows)
    shown.world.workspace.show(replace(free, rows=metered))
    unattended = Unattended(shown.desk, shown.desk)
    shown.desk.rooms.settings.set(UPDATE_MODE, "automatic")
    looked(shown)
    assert shown.world.workspace.unattended == []
    assert unattended.waiting

    shown.world.workspace.show(free)
    unattended.look_later()

    shown.until(lambda: "survey-viewer" not in {row.product_id for row in shown.desk.updates})
    assert all(shown.world.workspace.unattended)


def held(wanted: Recommendation | None) -> Recommendation | None:
    return replace(wanted, blockers=(*wanted.blockers, Blocker.METERED)) if wanted is not None else None

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Updates install without asking only where that was chosen, and only while nothing is in the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from connection_client.domain.update_settings import UPDATE_MODE
from connection_client.ui.unattended import Unattended
from tests.ui.conftest import Show, Shown


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

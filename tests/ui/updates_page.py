# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The page of updates over the sample world, and what tests find on it."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from connection_client.domain.catalogue import Severity
from connection_client.domain.recommendations import Blocker, Reason
from connection_client.ui.pages.updates import UpdatesPage
from connection_client.ui.screenshots import settle
from connection_client.workspace.view import Row
from tests.ui.conftest import Show, Shown, named
from tests.world.sample_products import DRAWING, MESH, installed, licensed, product, recommended, sample_rows
from tests.world.sample_rooms import SIGNED_IN, sample

CRITICAL = product(
    "drawing-viewer", DRAWING.name, "10.2.0.7", 148_000_000, "Reads DXF 2018.", Severity.CRITICAL
)


def updatable(name: str = "drawing-viewer", *blockers: Blocker, reason: Reason = Reason.NEWER) -> Row:
    """A row with an update, of the critical release of drawing-viewer or of the mesh viewer."""
    one = CRITICAL if name == "drawing-viewer" else MESH
    before = installed(name, "10.1.0.3")
    return Row(name, one.name, before, recommended(one, before, *blockers, reason=reason), licensed(name))


def opened(show: Show, *rows: Row, pace: float = 0.0) -> tuple[Shown, UpdatesPage]:
    """The page over the sample rows and these."""
    world = sample(SIGNED_IN, (*sample_rows()[2:4], *rows))
    world.workspace.view = replace(world.workspace.view, pace=pace)
    shown = show(world)
    shown.window.show_place("updates")
    settle()
    page = shown.window.pages.currentWidget()
    assert isinstance(page, UpdatesPage)
    return shown, page


def box_of(shown: Shown, name: str) -> QCheckBox:
    found = named(shown.window, f"Select {name}")
    assert isinstance(found, QCheckBox)
    return found

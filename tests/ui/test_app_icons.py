# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications are shown with their own icons; where there is none, or none yet, with their initials."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from connection_client.domain.errors import CenterUnreachable
from connection_client.ui import app_icons
from connection_client.ui.theme import tokens_now
from connection_client.workspace.app_icons import AppIcon
from connection_client.workspace.view import Row
from tests.ui.conftest import Show, Shown
from tests.world.icon_files import png, svg
from tests.world.sample_rooms import SIGNED_IN, Sample, sample

NAME = "Survey Viewer SES"
RED, BLUE = QColor("#C01020"), QColor("#1020C0")


def showing(icon: AppIcon | None) -> Sample:
    """A world in which every application has that icon."""
    world = sample(SIGNED_IN)
    world.icons = lambda _row: icon
    return world


def tile(shown: Shown, name: str = NAME, x: int = 20, y: int = 4) -> QColor:
    """The colour of a point of the tile, from its corner."""
    head: QWidget = shown.row(name).head
    picture = head.grab().toImage()
    ratio = picture.devicePixelRatio()
    top = (head.height() - 32) // 2
    return picture.pixelColor(round((16 + x) * ratio), round((top + y) * ratio))


@pytest.mark.parametrize("kind", ["drawing", "picture", "file"])
def test_an_application_is_shown_with_its_own_icon(show: Show, tmp_path: Path, kind: str) -> None:
    content = svg(RED.name()) if kind == "drawing" else png(48, 48, RED.red(), RED.green(), RED.blue())
    (tmp_path / "icon.png").write_bytes(content)
    shown = show(showing(AppIcon(tmp_path / "icon.png") if kind == "file" else AppIcon(content=content)))
    shown.until(lambda: tile(shown) == RED)


def test_a_wide_picture_is_never_stretched(show: Show) -> None:
    shown = show(showing(AppIcon(content=png(64, 32, RED.red(), RED.green(), RED.blue()))))
    shown.until(lambda: tile(shown, x=16, y=16) == RED)
    assert tile(shown, x=16, y=2) != RED


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing",
        b"<svg",
        svg("red")[:40],
        png(2048, 8, 1, 2, 3),
        png(8, 8, 1, 2, 3)[:30],
        b"GIF89a" + b"0" * 99,
    ],
    ids=["empty", "text", "half a drawing", "cut drawing", "too wide", "cut picture", "other kind"],
)
def test_what_cannot_be_drawn_leaves_the_initials(show: Show, content: bytes) -> None:
    asked: list[Row] = []
    world = showing(None)
    world.icons = lambda row: asked.append(row) or AppIcon(content=content)  # type: ignore[func-returns-value]
    shown = show(world)
    shown.until(lambda: bool(asked) and shown.desk.icons.at_rest)
    assert tile(shown) == QColor(tokens_now().accent_tint)


def test_the_icon_of_the_version_that_is_here(show: Show) -> None:
    def icon_of(row: Row) -> AppIcon:
        colour = RED if row.installed is not None and row.installed.version_text == "10.1.0.12" else BLUE
        return AppIcon(content=svg(colour.name()))

    world = sample(SIGNED_IN)
    world.icons = icon_of
    shown = show(world)
    shown.until(lambda: tile(shown) == RED)
    shown.row(NAME).act.click()
    shown.until(lambda: tile(shown) == BLUE)


def test_what_could_not_be_asked_is_asked_again_later(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def icon_of(row: Row) -> AppIcon:
        asked.append(row.product_id)
        if asked.count(row.product_id) == 1:
            raise CenterUnreachable(host="center.example", reason="no way")
        return AppIcon(content=svg(RED.name()))

    world = sample(SIGNED_IN)
    world.icons = icon_of
    shown = show(world)
    shown.until(lambda: "survey-viewer" in asked and shown.desk.icons.at_rest)
    shown.window.show_place("updates")
    shown.window.show_place("applications")
    assert asked.count("survey-viewer") == 1
    assert tile(shown) != RED
    monkeypatch.setattr(app_icons, "_AGAIN_AFTER", 0.0)
    shown.window.show_place("updates")
    shown.window.show_place("applications")
    shown.until(lambda: tile(shown) == RED)

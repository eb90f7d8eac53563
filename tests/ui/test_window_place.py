# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The window comes back where it was, and never outside the screens of today."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from connection_client.domain.window_place import WindowPlace
from connection_client.storage.window_place import WindowPlaceFile
from connection_client.ui.placement import clamped, for_the_inside, place_of, put
from connection_client.ui.window import Window
from tests.ui.conftest import Show

FREE = QRect(0, 30, 1280, 770)


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        (QRect(100, 100, 760, 560), QRect(100, 100, 760, 560)),
        (QRect(1200, 700, 760, 560), QRect(520, 240, 760, 560)),
        (QRect(-900, -40, 760, 560), QRect(0, 30, 760, 560)),
        (QRect(10, 10, 4000, 3000), QRect(0, 30, 1280, 770)),
    ],
)
def test_it_is_wholly_on_the_screen(wanted: QRect, got: QRect) -> None:
    assert clamped(wanted, FREE) == got


def test_on_windows_its_title_bar_stays_within_reach() -> None:
    """A window of a large screen comes back on a small one, where it takes all of the height."""
    assert clamped(QRect(10, 10, 4000, 3000), for_the_inside(FREE, "win32")) == QRect(0, 61, 1280, 739)
    assert for_the_inside(FREE, "linux") == FREE


def test_a_place_survives_the_file_and_a_broken_file_is_none(tmp_path: Path) -> None:
    places = WindowPlaceFile(tmp_path / "window.json")
    assert places.load() is None
    places.keep(WindowPlace(1, 2, 800, 600, maximised=True))
    assert places.load() == WindowPlace(1, 2, 800, 600, maximised=True)
    (tmp_path / "window.json").write_text('{"x": "left"}', "utf-8")
    assert places.load() is None


def test_the_next_window_opens_where_the_last_one_was_closed(show: Show, tmp_path: Path) -> None:
    shown = show()
    places = WindowPlaceFile(tmp_path / "window.json")
    vars(shown.desk.rooms)["window_places"] = places
    shown.window.resize(900, 600)
    put(shown.window, WindowPlace(120, 90, 900, 600))
    shown.until(lambda: shown.window.width() == 900)
    QApplication.processEvents()
    left = place_of(shown.window)
    shown.window.close()
    shown.until(lambda: places.load() is not None)
    assert places.load() == left
    again = Window(shown.desk)
    assert again.geometry() == QRect(left.x, left.y, 900, 600)
    again.deleteLater()


def test_the_end_of_the_program_waits_for_the_place_to_be_kept(show: Show, tmp_path: Path) -> None:
    shown = show()
    places = WindowPlaceFile(tmp_path / "window.json")
    vars(shown.desk.rooms)["window_places"] = places
    shown.window.keep_place(at_once=True)
    assert places.load() == place_of(shown.window)
    (tmp_path / "window.json").unlink()
    (tmp_path / "window.json").mkdir()  # what cannot be written does not keep the program from ending
    shown.window.keep_place(at_once=True)
    assert places.load() is None

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every page in every language and in windows small and large: no text is cut, Arabic runs from the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QScrollArea, QWidget

from connection_client.domain import language
from connection_client.domain.settings import LANGUAGE
from connection_client.ui.appearance import Appearance
from connection_client.ui.home import Home
from connection_client.ui.language import wear_language
from connection_client.ui.screenshots import settle
from connection_client.ui.tray import Tray
from connection_client.ui.widgets.row_head import RowState
from connection_client.ui.window import Window
from installers import translations
from tests.ui.conftest import Show, Shown, named
from tests.world.sample_rooms import SIGNED_IN, sample

_WITHIN = ("history", "doctor", "diagnostics", "request")
_ENDLESS = 10_000
_ALLOWANCE = 1  # pixel, for rounding
_ANYWHERE = "\u2e80"  # from here on, writing is broken between any two characters


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    translations.compile_all(folder, pseudo=True)
    return folder


@pytest.fixture
def speak(compiled: Path, qapp: QApplication) -> Iterator[None]:
    language.prepare(compiled, "en")
    yield
    language.choose("en")
    wear_language(qapp)


def cut(window: Window) -> list[str]:
    """The texts that do not fit where they stand now."""
    return [text for widget in window.findChildren(QWidget) if widget.isVisible() for text in _cut(widget)]


def _cut(widget: QWidget) -> Iterator[str]:
    width, height = widget.width() + _ALLOWANCE, widget.height() + _ALLOWANCE
    if isinstance(widget, RowState):
        if widget.wanted_height() > height:
            yield f"{widget.text()!r} wants {widget.wanted_height()} lines of pixels, has {widget.height()}"
    elif isinstance(widget, QLabel) and widget.text():
        wraps = widget.wordWrap()
        wants = painted_height(widget) if wraps else widget.sizeHint().height()
        narrow = longest_word(widget) if wraps else widget.sizeHint().width()
        if wants > height or narrow > width:
            yield f"{widget.text()!r} wants {narrow}x{wants}, has {widget.width()}x{widget.height()}"
    if isinstance(widget, QPushButton) and widget.text() and widget.sizeHint().width() > width:
        yield f"button {widget.text()!r} wants {widget.sizeHint().width()}, has {widget.width()}"
    if isinstance(widget, QComboBox) and widget.sizeHint().width() > width:
        yield f"choice {widget.currentText()!r} wants {widget.sizeHint().width()}, has {widget.width()}"
    if isinstance(widget, QScrollArea) and widget.horizontalScrollBar().maximum() > 0:
        yield f"{widget.accessibleName() or 'a page'} scrolls sideways"
    top_level = widget.window()
    left = widget.mapTo(top_level, QPoint(0, 0)).x()
    if left < -_ALLOWANCE or left + widget.width() > top_level.width() + _ALLOWANCE:
        yield f"{type(widget).__name__} {widget.accessibleName()!r} leaves the window"


def painted_height(label: QLabel) -> int:
    """The height that the lines of a label take when Qt paints them, which is not always what it measures."""
    right = QApplication.isRightToLeft()
    forced = Qt.TextFlag.TextForceRightToLeft if right else Qt.TextFlag.TextForceLeftToRight
    room = QRect(0, 0, label.contentsRect().width(), _ENDLESS)
    flags = Qt.TextFlag.TextWordWrap.value | forced.value
    return label.fontMetrics().boundingRect(room, flags, label.text()).height()


def longest_word(label: QLabel) -> int:
    """The width that a label cannot do without; a path may be broken anywhere."""
    words = [word for word in label.text().split() if not set(word) & set("/@\\") and max(word) < _ANYWHERE]
    return max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)


def walk(shown: Shown, *sizes: QSize) -> Iterator[str]:
    """Show one page after another, in the smallest window and in others; gives their names."""
    window = shown.window
    window.settings.more.click()
    for size in (window.minimumSize(), *sizes):
        window.resize(size)
        settle()
        for place in (*window.buttons, *_WITHIN):
            window.show_place(place)
            if place == "doctor":
                page: Any = window.pages.currentWidget()
                settle(page.again.isEnabled)
            settle()
            yield f"{place} at {size.width()}"
    for name, card in (("sign-in", window.sign_in), ("password", window.password)):
        window.pages.setCurrentWidget(card)
        for index in range(card.stack.count()):
            card.stack.setCurrentIndex(index)
            settle()
            yield f"{name} {index + 1}"
    window.show_place("applications")
    for row in shown.desk.updates[:1]:
        window.applications.list.toggle(row.product_id)
        settle()
        yield "details"


def check_all_fits(shown: Shown, *sizes: QSize) -> None:
    found = {page: texts for page in walk(shown, *sizes) if (texts := cut(shown.window))}
    assert not found, "\n".join(f"{page}: {text}" for page, texts in found.items() for text in texts)


@pytest.mark.parametrize("code", [*language.LANGUAGES, language.PSEUDO])
def test_every_text_fits_its_place(show: Show, speak: None, qapp: QApplication, code: str) -> None:
    language.choose(code)
    wear_language(qapp)
    check_all_fits(show(sample(SIGNED_IN)), QSize(760, 560), QSize(1280, 800))


@pytest.fixture
def large(qapp: QApplication) -> Iterator[Callable[[float], None]]:
    """Wear larger type; it is taken off again."""

    def wear(scale: float) -> None:
        Appearance(qapp, "light", scale)

    yield wear
    Appearance(qapp, "light", 1.0)


@pytest.mark.parametrize("scale", [1.5, 2.0])
@pytest.mark.parametrize("code", ["de", "ar", "ja"])
def test_every_text_fits_in_large_type(
    show: Show, speak: None, qapp: QApplication, large: Callable[[float], None], code: str, scale: float
) -> None:
    language.choose(code)
    wear_language(qapp)
    large(scale)
    check_all_fits(show(sample(SIGNED_IN)), QSize(1200, 760))


def test_arabic_runs_from_the_right(show: Show, speak: None, qapp: QApplication) -> None:
    language.choose("ar")
    wear_language(qapp)
    window = show().window
    assert window.layoutDirection() is Qt.LayoutDirection.RightToLeft
    places, page = window.buttons["applications"], window.pages
    assert places.mapTo(window, QPoint(0, 0)).x() > page.mapTo(window, QPoint(0, 0)).x()


def test_the_language_changes_while_the_window_is_open(show: Show, speak: None, qapp: QApplication) -> None:
    shown = show()  # its background serves the home too
    tray = Tray()
    home = Home(qapp, shown.world.rooms, shown.desk.background, tray)
    home.open_place("settings")
    shown.bot.waitExposed(home.window)
    home.window.resize(800, 600)
    shown.until(lambda: home.window.width() == 800)
    choice = named(home.window, "Language")
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData("de"))
    choice.activated.emit(choice.currentIndex())
    shown.until(lambda: language.spoken() == "de")
    assert str(shown.world.rooms.settings.get(LANGUAGE)) == "de"
    assert home.window.buttons["settings"].isChecked()
    assert home.window.isVisible()
    shown.until(lambda: home.window.width() == 800)
    assert named(home.window, "Sprache")
    assert [action.text() for action in tray.menu.actions()][-1] == "Beenden"
    home.close()
    tray.close()

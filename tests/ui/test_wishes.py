# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""More contrast and less motion, as a portal on a real bus says, while the program runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from connection_client.domain.wishes import Wishes
from connection_client.system.linux_wishes import LinuxWishes, wishes_of
from connection_client.ui.appearance import Appearance
from connection_client.ui.background import Background
from connection_client.ui.home import Home
from connection_client.ui.theme import is_still, tokens_now, wear
from connection_client.ui.tokens import CONTRAST_DARK, CONTRAST_LIGHT, LIGHT
from connection_client.ui.tray import Tray
from tests.ui.conftest import Show
from tests.world.portal import settings_portal
from tests.world.sample_rooms import sample
from tests.world.session import private_session

APPEARANCE, GNOME = "org.freedesktop.appearance", "org.gnome.desktop.interface"


@pytest.mark.parametrize(
    ("found", "environment", "wishes"),
    [
        ({}, {}, Wishes()),
        ({APPEARANCE: {"contrast": ("u", 1)}}, {}, Wishes(contrast=True)),
        ({APPEARANCE: {"contrast": ("u", 0), "reduced-motion": ("u", 1)}}, {}, Wishes(still=True)),
        ({GNOME: {"gtk-theme": ("s", "HighContrastInverse")}}, {}, Wishes(contrast=True)),
        ({GNOME: {"enable-animations": ("v", ("b", False))}}, {}, Wishes(still=True)),
        ({"org.gnome.desktop.a11y.interface": {"high-contrast": ("b", True)}}, {}, Wishes(contrast=True)),
        ({}, {"GTK_THEME": "HighContrast:dark"}, Wishes(contrast=True)),
        ({GNOME: {"gtk-theme": ("s", "Adwaita")}}, {"GTK_THEME": ""}, Wishes()),
    ],
)
def test_what_desktops_say(
    found: dict[str, dict[str, object]], environment: dict[str, str], wishes: Wishes
) -> None:
    assert wishes_of(found, environment) == wishes


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """A bus of its own: on that of the desktop a real portal may have come up for another test."""
    with private_session(tmp_path, key_store=False) as session:
        yield session.environment["DBUS_SESSION_BUS_ADDRESS"]


def test_the_window_follows_the_portal_while_it_runs(qapp: QApplication, bus: str, show: Show) -> None:
    reader, shown = LinuxWishes(bus), show()
    world = sample()
    rooms = world.rooms
    vars(rooms)["wishes"] = reader
    world.settings.values["theme"] = "light"
    background, tray = Background(), Tray()
    home = Home(qapp, rooms, background, tray)
    try:
        assert home.window.isHidden()  # it is there, so there is something to dress
        assert tokens_now() is LIGHT
        with settings_portal(bus) as portal:
            portal.change(APPEARANCE, "contrast", ("u", 1))
            shown.until(lambda: tokens_now() is CONTRAST_LIGHT)
            assert not is_still()
            home.appearance.wear("dark")
            assert tokens_now() is CONTRAST_DARK
            portal.change(APPEARANCE, "reduced-motion", ("u", 1))
            shown.until(is_still)
            portal.change(APPEARANCE, "contrast", ("u", 0))
            shown.until(lambda: tokens_now().background != CONTRAST_DARK.background)
    finally:
        home.close()
        tray.close()
        reader.close()
        background.close()
        Appearance(qapp, "light", 1.0)


def test_nothing_moves_where_nothing_may_move(show: Show) -> None:
    shown = show()
    row = shown.row("Survey Viewer SES")
    assert row.face is not None
    working = replace(row.face, fraction=-1.0)
    wear(LIGHT, still=True)
    try:
        row.head.show_face(working)
        assert not any(timer.isActive() for timer in row.head.findChildren(QTimer))
    finally:
        wear(LIGHT)
    row.head.show_face(replace(working, state="Installing"))
    assert any(timer.isActive() for timer in row.head.findChildren(QTimer))

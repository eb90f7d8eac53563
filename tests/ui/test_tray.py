# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The icon in real trays: over D-Bus and over XEmbed, there from the start, late, and not at all."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from connection_client.ui.tray import Presence, tooltip
from connection_client.ui.tray_icon import INK, SIZES, TrayState, drawn, kept_drawing, tray_icon
from tests.world.desktop import Desktop, private_desktop, tray_host
from tests.world.processes import running
from tests.world.screen import Screen
from tests.world.status_notifier import StatusNotifierHost, status_notifier_host
from tests.world.waiting import wait_until

HERE = Path(__file__).parents[2]


@pytest.fixture
def own_desktop(tmp_path: Path) -> Iterator[Desktop]:
    """A desktop without any tray."""
    with private_desktop(tmp_path / "desktop", tray=False, key_store=False) as made:
        yield made.with_variables(PYTHONPATH=str(HERE))


@contextlib.contextmanager
def program(desktop: Desktop, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program on that desktop."""
    command = [sys.executable, "-m", "tests.ui.program", *arguments]
    with running(command, desktop.environment, desktop.folder / "program.log") as process:
        yield process


@contextlib.contextmanager
def host(desktop: Desktop) -> Iterator[StatusNotifierHost]:
    """A tray host on the desktop's bus."""
    with status_notifier_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as made:
        yield made


@contextlib.contextmanager
def looking(desktop: Desktop) -> Iterator[Screen]:
    """Eyes and hands."""
    screen = Screen(desktop.environment)
    try:
        yield screen
    finally:
        screen.close()


def said(tray: StatusNotifierHost) -> str:
    """The icon's tooltip."""
    return str(tray.properties()["ToolTip"][2])


def test_the_icon_tells_its_state_and_its_menu_leads_to_the_places(own_desktop: Desktop) -> None:
    with host(own_desktop) as tray, program(own_desktop, "--hidden"), looking(own_desktop) as screen:
        tray.wait_for_icon()
        wait_until(lambda: "2 updates available" in said(tray), 10, "the tray does not tell the updates")
        assert tray.menu() == [
            "Open CONNECTION Client",
            "Updates (2)",
            "Drawing Viewer SES: No licence",
            "Mesh Viewer SES",
            "Survey Viewer SES",
            "Terrain Builder SES",
            "Sign out",
            "Help",
            "Settings",
            "Quit",
        ]
        assert screen.find("Applications") is None
        tray.press("Updates")
        screen.wait_for("Update all")
        tray.press("Help")
        screen.wait_for("Request service")
        tray.press("Sign out")
        wait_until(lambda: "Signed out" in said(tray), 10, "the tray does not tell the sign-out")
        assert "Sign in" in tray.menu()


def test_a_click_opens_the_window_and_quit_ends_the_program(own_desktop: Desktop) -> None:
    with (
        host(own_desktop) as tray,
        program(own_desktop, "--hidden") as process,
        looking(own_desktop) as screen,
    ):
        tray.wait_for_icon()
        tray.activate()
        screen.wait_for("Survey Viewer SES")
        assert screen.find("10.1.0.12  ·  Update 10.2.0.7 available, 312 MB") is not None
        tray.press("Quit")
        assert process.wait(10) == 0


def test_the_icon_comes_back_when_a_host_appears_late_or_again(own_desktop: Desktop) -> None:
    with program(own_desktop), looking(own_desktop) as screen:
        screen.wait_for("Survey Viewer SES")
        with host(own_desktop) as tray:
            tray.wait_for_icon()
            assert "CONNECTION Client" in said(tray)
        with host(own_desktop) as again:
            again.wait_for_icon()
            again.press("Settings")
            screen.wait_for("Appearance")


def test_a_panel_of_the_older_kind_shows_the_icon_also_when_it_is_late(own_desktop: Desktop) -> None:
    with program(own_desktop), looking(own_desktop) as screen:
        screen.wait_for("Survey Viewer SES")
        with tray_host(own_desktop.environment, own_desktop.folder / "tray.log"):
            question = ["xwininfo", "-root", "-tree"]

            def embedded() -> bool:
                environment = dict(own_desktop.environment)
                tree = subprocess.run(
                    question, env=environment, capture_output=True, text=True, check=True
                ).stdout
                return "connection-client" in tree.partition('"panel"')[2].partition("Openbox")[0][:600]

            wait_until(embedded, 10, "the panel shows no icon")


def test_without_a_host_the_window_opens_though_it_was_to_be_hidden(own_desktop: Desktop) -> None:
    with program(own_desktop, "--hidden"), looking(own_desktop) as screen:
        screen.wait_for("Survey Viewer SES", seconds=20)


def test_what_keeps_the_program_from_starting_is_told(own_desktop: Desktop) -> None:
    with program(own_desktop, "--broken") as process, looking(own_desktop) as screen:
        screen.wait_for("CONNECTION Client could not start")
        assert "does not know its CONNECT Center yet" in screen.wait_for_text("CONNECT Center")
        screen.click("Quit")
        assert process.wait(10) == 0


def test_it_ends_when_the_session_does(own_desktop: Desktop) -> None:
    with program(own_desktop, "--signed-out") as process, looking(own_desktop) as screen:
        screen.wait_for("Sign in to start")
        process.terminate()
        assert process.wait(10) == 0


def test_a_person_signs_out_and_in_by_names_alone(own_desktop: Desktop) -> None:
    with program(own_desktop), looking(own_desktop) as screen:
        # The window manager may still be placing the window at the first click.
        wait_until(lambda: screen.click("You") and screen.find("Sign out"), 20, "the place You did not open")
        screen.click("Sign out")
        screen.wait_for("Sign in to start")
        screen.type_into("E-mail address", "rui.costa@lima-survey.example")
        screen.click("Continue")
        screen.wait_for("Finish signing in in your browser")
        screen.click("Cancel")
        screen.wait_for("Continue")
        screen.click("Forgot your password?")
        screen.click("Send code")
        screen.type_into("Code", "482913")
        screen.click("Continue")
        screen.type_into("New password", "Tidal-harbour-72")
        screen.click("Create password")
        screen.wait_for("Password created")
        screen.click("Continue")
        screen.wait_for("Copy link")


@pytest.mark.parametrize("size", SIZES)
def test_the_kept_drawing_is_what_would_be_drawn(qapp: QApplication, size: int) -> None:
    kept = QImage(str(kept_drawing(TrayState.SIGNED_OUT, size)))
    assert qapp is not None
    fresh = drawn(TrayState.SIGNED_OUT, size, QColor(INK)).toImage()
    assert kept.convertToFormat(fresh.format()) == fresh


@pytest.mark.parametrize("state", list(TrayState))
def test_every_state_has_its_own_shape_and_words(qapp: QApplication, state: TrayState) -> None:
    pictures = {other: tray_icon(other).pixmap(16, 16).toImage() for other in TrayState}
    assert all(picture != pictures[state] for other, picture in pictures.items() if other is not state)
    words = {other: tooltip(Presence(other, 2)) for other in TrayState}
    assert list(words.values()).count(words[state]) == 1

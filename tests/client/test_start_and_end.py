# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starting, starting twice, starting where something is missing, and ending."""

import signal
import socket
import subprocess
from pathlib import Path

import pytest

from connection_client.__main__ import for_the_tray
from connection_client.domain.errors import NoDisplay
from connection_client.system.display import check_display
from tests.client.conftest import Start, command, source_tree
from tests.world.desktop import Desktop, private_desktop
from tests.world.screen import Screen
from tests.world.session import home_environment, private_session
from tests.world.status_notifier import status_notifier_host
from tests.world.waiting import wait_until

SIGN_IN = "E-mail address"


def test_the_version_needs_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        command("--version"),
        env=source_tree(home_environment(tmp_path)),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("CONNECTION Client ")


@pytest.mark.parametrize("display", ["", ":5999"])
def test_without_a_display_one_sentence_says_so(tmp_path: Path, display: str) -> None:
    environment = home_environment(tmp_path)
    if display:
        environment["DISPLAY"] = display

    done = subprocess.run(
        command(), env=source_tree(environment), capture_output=True, text=True, check=False
    )

    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "there is no display" in done.stderr
    assert "connection-client status" in done.stderr


def test_a_display_elsewhere_is_left_to_qt() -> None:
    check_display({"DISPLAY": "build-host:10.0"})
    with pytest.raises(NoDisplay):
        check_display({"DISPLAY": ":5999"})


def test_a_compositor_that_does_not_answer_is_named_unless_an_x_server_may(tmp_path: Path) -> None:
    runtime = {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}
    with pytest.raises(NoDisplay, match="wayland-0"):
        check_display(runtime)
    check_display({**runtime, "DISPLAY": "build-host:10.0"})
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(f"{tmp_path}/wayland-0")
        compositor.listen()
        check_display(runtime)
        check_display({"WAYLAND_DISPLAY": f"{tmp_path}/wayland-0"})


def test_without_a_session_bus_the_window_opens(tmp_path: Path, start_client: Start) -> None:
    with private_desktop(tmp_path / "desktop", key_store=False, tray=False) as desktop:
        environment = dict(desktop.environment)
        environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={tmp_path}/no-bus"
        start_client(environment)

        wait_until(lambda: _shows_window(desktop), 30, "no window")


def test_without_a_key_store_the_command_line_says_so(tmp_path: Path) -> None:
    with private_session(tmp_path, key_store=False) as session:
        done = subprocess.run(
            command("status"),
            env=source_tree(session.environment),
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 0
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr


def test_a_second_start_brings_up_the_first_ones_window(
    desktop: Desktop, screen: Screen, start_client: Start
) -> None:
    with status_notifier_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as host:
        first = start_client(desktop.environment, "--hidden")
        host.wait_for_icon()
        assert screen.find(SIGN_IN, "text") is None

        second = start_client(desktop.environment)

        assert second.wait(timeout=20) == 0
        screen.wait_for(SIGN_IN, "text")
        assert first.poll() is None


def test_a_client_that_was_killed_leaves_nothing_to_remove(
    desktop: Desktop, screen: Screen, start_client: Start
) -> None:
    first = start_client(desktop.environment)
    screen.wait_for(SIGN_IN, "text")
    first.kill()
    first.wait()

    start_client(desktop.environment)

    screen.wait_for(SIGN_IN, "text")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_asked_to(
    desktop: Desktop, screen: Screen, start_client: Start, number: signal.Signals
) -> None:
    client = start_client(desktop.environment)
    screen.wait_for(SIGN_IN, "text")

    client.send_signal(number)

    assert client.wait(timeout=10) == 0


def test_what_means_the_window_and_what_a_command() -> None:
    assert for_the_tray([])
    assert for_the_tray(["--hidden"])
    assert for_the_tray(["/home/ana/survey-viewer-ses_10.1.0.12_all.deb"])
    assert for_the_tray(["connection-client://launch/survey-viewer"])
    assert not for_the_tray(["status", "--json"])
    assert not for_the_tray(["install", "/home/ana/a.deb"])


def _shows_window(desktop: Desktop) -> bool:
    question = ["xdotool", "search", "--onlyvisible", "--name", "^CONNECTION Client$"]
    answer = subprocess.run(question, env=dict(desktop.environment), capture_output=True, check=False)
    return bool(answer.stdout.strip())

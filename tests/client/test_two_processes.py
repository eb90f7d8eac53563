# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The program in the tray holds neither TLS nor HTTP: a process of its own does, while it is needed."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.client.conftest import Start
from tests.world.center import Center, running_center
from tests.world.desktop import Desktop, private_desktop
from tests.world.screen import Screen
from tests.world.status_notifier import status_notifier_host
from tests.world.waiting import wait_until

HEAVY = ("libcrypto", "libssl", "_ssl.", "_hashlib.", "_rust.abi3", "_cffi_backend")


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    with running_center(tmp_path_factory.mktemp("center")) as running:
        yield running


@pytest.fixture
def desktop(tmp_path: Path, center: Center) -> Iterator[Desktop]:
    """A desktop whose client knows the Center."""
    with private_desktop(tmp_path / "desktop", tray=False) as running:
        config = running.session.config
        config.mkdir(parents=True, exist_ok=True)
        root = center.state / "tuf" / "metadata" / "1.root.json"
        settings = {"center_url": center.address, "trusted_root": str(root)}
        (config / "settings.json").write_text(json.dumps(settings))
        yield running


def loaded(pid: int) -> set[str]:
    """Which of the heavy libraries are in the memory of the process."""
    maps = Path(f"/proc/{pid}/maps").read_text()
    return {name for name in HEAVY if name in maps}


def helpers_of(pid: int) -> list[psutil.Process]:
    """The processes that the client has started for calls, alive."""
    found = []
    for child in psutil.Process(pid).children():
        try:
            if "--serve-calls" in child.cmdline():
                found.append(child)
        except psutil.Error:  # it ended meanwhile
            continue
    return found


def whether_any(pid: int, look: Callable[[psutil.Process], bool]) -> Callable[[], bool]:
    return lambda: any(look(helper) for helper in helpers_of(pid))


def test_what_is_heavy_comes_for_the_first_look_and_goes_again(
    desktop: Desktop, center: Center, start_client: Start
) -> None:
    with status_notifier_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as host:
        pid = start_client(desktop.environment, "--hidden").pid
        host.wait_for_icon()
        wait_until(
            whether_any(pid, lambda helper: "libssl" in loaded(helper.pid)), 30, "no process for calls"
        )
        data = Path(desktop.environment["XDG_DATA_HOME"]) / "connection-client"
        wait_until((data / "catalogue" / "current.json").exists, 30, "no catalogue")
        wait_until(lambda: not helpers_of(pid), 40, "it stays although nobody needs it")
        assert loaded(pid) == set()
    assert center.address


def test_it_is_ready_while_the_window_is_open_and_a_killed_one_is_replaced(
    desktop: Desktop, start_client: Start
) -> None:
    with status_notifier_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as host:
        client = start_client(desktop.environment)
        host.wait_for_icon()
        wait_until(lambda: bool(helpers_of(client.pid)), 30, "nothing is ready for the person")
        first = helpers_of(client.pid)[0]
        os.kill(first.pid, signal.SIGKILL)
        wait_until(lambda: first.pid not in {one.pid for one in helpers_of(client.pid)}, 10, "still there")
        screen = Screen(desktop.environment)
        try:
            screen.type_into("E-mail address", "nobody@nowhere.example")
            screen.press_key("Return")
            wait_until(lambda: bool(helpers_of(client.pid)), 30, "no new one came")
        finally:
            screen.close()
        assert client.poll() is None
        assert loaded(client.pid) == set()


def test_what_the_other_process_notices_is_in_the_one_log(desktop: Desktop, start_client: Start) -> None:
    data, state = (Path(desktop.environment[name]) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME"))
    policy = data / "connection-client" / "update-policy.json"
    policy.parent.mkdir(parents=True)
    policy.write_text("no policy")
    log = state / "connection-client" / "client.log"
    with status_notifier_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]):
        start_client(desktop.environment, "--hidden")
        wait_until(lambda: log.exists() and "is not followed" in log.read_text(), 30, "nothing was noted")
    (line,) = [line for line in log.read_text().splitlines() if "is not followed" in line][:1]
    assert "WARNING connection_client.backend.update_policy: the update policy" in line


def test_it_ends_with_the_client_however_that_ends(desktop: Desktop, start_client: Start) -> None:
    client = start_client(desktop.environment)
    wait_until(lambda: bool(helpers_of(client.pid)), 30, "nothing is ready for the person")
    helper = helpers_of(client.pid)[0]
    client.kill()
    wait_until(lambda: not helper.is_running() or helper.status() == psutil.STATUS_ZOMBIE, 20, "it is left")

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client in a real Wayland compositor, with no X server that it could fall back to."""

import contextlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from connection_client.domain.installed import InstalledProduct, LaunchTarget
from connection_client.system.dpkg_database import DpkgDatabase
from connection_client.system.linux_processes import LinuxProcesses
from tests.world.desktop import BACKGROUND
from tests.world.processes import end, running, start
from tests.world.status_notifier import StatusNotifierHost, status_notifier_host
from tests.world.waiting import wait_until
from tests.world.wayland import APP_ID, Surface, WaylandDesktop, lacking, wayland_desktop

HERE = Path(__file__).parents[2]
NEIGHBOUR = "neighbour"
TITLE = "CONNECTION Client"

pytestmark = pytest.mark.skipif(bool(lacking()), reason=f"not installed: {lacking()}")


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[WaylandDesktop]:
    with wayland_desktop(tmp_path / "desktop") as made:
        assert "DISPLAY" not in made.environment
        yield made


@contextlib.contextmanager
def client(desktop: WaylandDesktop, *words: str, **variables: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The real client; what it says goes to `client.log`."""
    environment = {**desktop.environment, "PYTHONPATH": str(HERE), "PYTHONFAULTHANDLER": "1", **variables}
    command = [sys.executable, "-m", "connection_client", *words]
    with running(command, environment, desktop.folder / "client.log") as process:
        yield process


@contextlib.contextmanager
def neighbour(desktop: WaylandDesktop) -> Iterator["subprocess.Popen[bytes]"]:
    """Another program with a window; a link that is clicked there starts the client a second time."""
    tools = desktop.folder / "tools"
    tools.mkdir()
    opener = tools / "xdg-open"
    opener.write_text(
        "#!/bin/sh\n"
        f'printf "%s\\n" "$XDG_ACTIVATION_TOKEN" >>"{desktop.folder}/tokens"\n'
        f'exec "{sys.executable}" -m connection_client\n'
    )
    opener.chmod(0o755)
    path = f"{tools}:{desktop.environment['PATH']}"
    environment = {**desktop.environment, "PYTHONPATH": str(HERE), "PATH": path}
    command = [sys.executable, "-m", "tests.world.neighbour", NEIGHBOUR, "Notes"]
    process = start(command, environment, desktop.folder / "neighbour.log", stdin=subprocess.PIPE)
    try:
        desktop.wait_for_focus(NEIGHBOUR)
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        end(process)


def click_a_link(window: "subprocess.Popen[bytes]") -> None:
    """What a person does there."""
    assert window.stdin is not None
    window.stdin.write(b"https://example.invalid/\n")
    window.stdin.flush()


def host_of(desktop: WaylandDesktop) -> "contextlib.AbstractContextManager[StatusNotifierHost]":
    return status_notifier_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"])


def said(desktop: WaylandDesktop) -> list[str]:
    """What the client wrote for whoever looks at its terminal, without the protocol."""
    lines = (desktop.folder / "client.log").read_text().splitlines()
    return [line for line in lines if not re.match(r"\[ *[0-9]+\.[0-9]+\] ", line)]


def test_a_second_start_brings_the_window_before_another_by_its_token(desktop: WaylandDesktop) -> None:
    with (
        host_of(desktop) as tray,
        client(desktop, "--hidden", WAYLAND_DEBUG="1") as process,
        neighbour(desktop) as other,
    ):
        tray.wait_for_icon()
        wait_until(lambda: len(tray.menu()) > 1, 20, "the icon has no menu")
        assert desktop.find() is None
        click_a_link(other)
        assert desktop.wait_for_focus().title == TITLE
        desktop.tell(f"[app_id={NEIGHBOUR}] focus")
        desktop.wait_for_focus(NEIGHBOUR)
        click_a_link(other)
        desktop.wait_for_focus()
        tokens = (desktop.folder / "tokens").read_text().split()
        protocol = (desktop.folder / "client.log").read_text()
        assert len(tokens) == 2
        assert all(f'.activate("{token}"' in protocol for token in tokens)
        assert protocol.count(".get_toplevel(") == 1, "something else was a window for a moment"
        tray.press("Quit")
        assert process.wait(15) == 0
    assert said(desktop) == []


def test_a_click_on_the_icon_opens_the_window_of_the_desktop_entry(desktop: WaylandDesktop) -> None:
    with host_of(desktop) as tray, client(desktop, "--hidden") as process:
        tray.wait_for_icon()
        assert tray.properties()["Id"]
        tray.activate()
        window = desktop.wait_for()
        assert (window.app_id, window.title, window.process) == (APP_ID, TITLE, process.pid)
        assert (HERE / "resources" / "desktop" / f"{window.app_id}.desktop").is_file()
        wait_until(lambda: _painted(desktop, window), 20, "the window is not on the picture of the screen")
        process.terminate()
        assert process.wait(15) == 0
    assert said(desktop) == []


def test_without_a_host_the_window_is_the_home_until_it_is_closed(desktop: WaylandDesktop) -> None:
    with client(desktop, "--hidden") as process:
        assert desktop.wait_for(seconds=30).title == TITLE
        desktop.tell(f"[app_id={APP_ID}] kill")  # the cross: xdg_toplevel.close
        assert process.wait(15) == 0
    assert said(desktop) == []


def test_the_icon_comes_once_when_a_host_appears_late(desktop: WaylandDesktop) -> None:
    with client(desktop) as process:
        desktop.wait_for()
        with host_of(desktop) as tray:
            tray.wait_for_icon()
            wait_until(lambda: "Quit" in tray.menu(), 20, "the icon has no menu")
            assert len(tray.items) == 1
            tray.press("Quit")
            assert process.wait(15) == 0
    assert said(desktop) == []


def test_the_window_has_its_size_again(desktop: WaylandDesktop) -> None:
    """Where it stands is the compositor's to say, and to remember."""
    with client(desktop, WAYLAND_DEBUG="1") as process:
        desktop.wait_for()
        first = wait_until(lambda: _drawn(desktop), 20, "nothing was drawn")
        resized = wait_until(lambda: _resized(desktop, first), 20, "it was not resized")
        desktop.tell(f"[app_id={APP_ID}] kill")
        assert process.wait(15) == 0
    kept = json.loads(next(desktop.folder.rglob("window.json")).read_text())
    assert (kept["width"], kept["height"]) == resized
    assert kept["x"] == (1280 - resized[0]) // 2, (
        "a session of X11 that comes next would open it in the corner"
    )
    with client(desktop) as again:
        wait_until(lambda: _size(desktop) == resized, 20, "it opened in another size")
        again.terminate()
        assert again.wait(15) == 0
    assert said(desktop) == []


def test_windows_of_others_are_not_touched_and_nobody_is_ended(desktop: WaylandDesktop) -> None:
    """Wayland lets no program see or close another's window: the person is asked to, and it is said so."""
    with neighbour(desktop) as other:
        program = LaunchTarget((sys.executable,))
        product = InstalledProduct(NEIGHBOUR, None, "1", (), program)
        processes = LinuxProcesses(DpkgDatabase(desktop.folder / "no-dpkg"))
        with _surroundings_of(desktop):
            assert processes.running([product]) == {NEIGHBOUR}
            assert other.pid in processes.processes_of(product)
            assert processes.titles(product) == ()
            assert not processes.ask_to_close(product)
            assert not processes.bring_to_front(product)
        assert desktop.find(NEIGHBOUR) is not None
        assert other.poll() is None


@contextlib.contextmanager
def _surroundings_of(desktop: WaylandDesktop) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DISPLAY", raising=False)
        patch.setenv("WAYLAND_DISPLAY", desktop.environment["WAYLAND_DISPLAY"])
        yield


def _painted(desktop: WaylandDesktop, window: Surface) -> bool:
    """Whether something else than the desktop's own colour is seen in the middle of the window."""
    picture = QImage(str(desktop.screenshot(desktop.folder / "screen.png")))
    left, top = window.place
    return picture.pixelColor(left + window.size[0] // 2, top + window.size[1] // 2) != QColor(BACKGROUND)


def _size(desktop: WaylandDesktop) -> tuple[int, int] | None:
    window = desktop.find()
    return window.size if window is not None else None


def _resized(desktop: WaylandDesktop, before: tuple[int, int]) -> tuple[int, int] | None:
    """The larger size in which the client draws; a window that still comes up may miss the first wish."""
    desktop.tell(f"[app_id={APP_ID}] resize set 900 640")
    size = _drawn(desktop)
    return size if size is not None and size[0] > before[0] and size[1] > before[1] else None


def _drawn(desktop: WaylandDesktop) -> tuple[int, int] | None:
    """The size that the client told the compositor last, by the protocol in its log."""
    protocol = (desktop.folder / "client.log").read_text()
    told = re.findall(r"set_window_geometry\(0, 0, ([0-9]+), ([0-9]+)\)", protocol)
    return (int(told[-1][0]), int(told[-1][1])) if told else None

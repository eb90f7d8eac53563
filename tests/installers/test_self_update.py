# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The installed client updates itself on a desktop, and comes back where the person was."""

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import pytest
from filelock import FileLock

from connection_client.version import VERSION
from demonstration.machine import CLIENT, EXAMPLES, install, installed_version, left_as_found
from tests.world.center import Center, running_center
from tests.world.desk_viewer import may_install
from tests.world.desktop import Desktop, private_desktop
from tests.world.processes import end, start
from tests.world.screen import Screen
from tests.world.waiting import wait_until

NEXT = f"{VERSION}.1"
NAME = "CONNECTION Client"
pytestmark = [
    pytest.mark.usefixtures("asked_for"),
    pytest.mark.timeout(400),
    pytest.mark.skipif(not may_install(), reason="installs on this machine, which needs root's rights"),
    pytest.mark.skipif(
        any(installed_version(name) for name in (CLIENT, *EXAMPLES)),
        reason="the client is installed on this machine, and this would replace it",
    ),
]


@pytest.fixture(scope="module")
def next_package(asked_for: None, client_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same client, built with a higher version."""
    folder = tmp_path_factory.mktemp("next")
    tree, package = folder / "tree", folder / f"{CLIENT}_{NEXT}_amd64.deb"
    subprocess.run(["dpkg-deb", "-R", str(client_package), str(tree)], check=True)
    home = tree / "opt/connection-client/connection_client"
    for file in (home / "version.py", tree / "DEBIAN/control"):
        text = file.read_text("utf-8")
        assert VERSION in text
        file.write_text(text.replace(VERSION, NEXT), "utf-8")
    for compiled in (home / "__pycache__").glob("version.*.pyc"):
        compiled.unlink()
    command = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(tree), str(package)]
    subprocess.run(command, check=True, capture_output=True)
    shutil.rmtree(tree)
    return package


@dataclass
class Person:
    """The installed client on a desktop, and who looks at it."""

    center: Center
    desktop: Desktop
    screen: Screen
    client: "Popen[bytes]"

    def version_on_disk(self) -> str:
        return installed_version(CLIENT)

    def offer(self, package: Path) -> None:
        """The next version is published, and the person looks at the updates."""
        self.center.manage("publish", "add", str(package), "--public")
        self.screen.wait_for("E-mail address", "text", seconds=40)
        self.screen.click("Updates")
        self.screen.click("Check for updates", seconds=40)

    def started_anew(self) -> bool:
        """Whether the process is the program that lies on the disk now: it was told to start hidden."""
        words = Path(f"/proc/{self.client.pid}/cmdline").read_bytes().split(b"\0")
        return b"--hidden" in words

    def shows_window(self) -> bool:
        question = ["xdotool", "search", "--onlyvisible", "--name", f"^{NAME}$"]
        environment = dict(self.desktop.environment)
        return bool(
            subprocess.run(question, env=environment, capture_output=True, check=False).stdout.strip()
        )


def preset(desktop: Desktop, center: Center, **more: object) -> None:
    root = center.state / "tuf" / "metadata" / "1.root.json"
    known = {"center_url": center.address.rstrip("/"), "trusted_root": str(root), **more}
    desktop.session.config.mkdir(parents=True, exist_ok=True)
    (desktop.session.config / "settings.json").write_text(json.dumps(known))


@contextlib.contextmanager
def person(folder: Path, package: Path, **settings: object) -> Iterator[Person]:
    """Center, desktop and the installed client, all gone afterwards."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(left_as_found())
        center = stack.enter_context(running_center(folder / "center"))
        center.manage("publish", "add", str(package), "--public")
        install([package])
        desktop = stack.enter_context(private_desktop(folder / "desktop"))
        preset(desktop, center, **settings)
        screen = stack.enter_context(contextlib.closing(Screen(desktop.environment)))
        client = start(["/usr/bin/connection-client"], desktop.environment, folder / "client.log")
        stack.callback(end, client)
        yield Person(center, desktop, screen, client)


def test_it_comes_back_to_the_page_that_was_shown(
    tmp_path: Path, client_package: Path, next_package: Path
) -> None:
    with person(tmp_path, client_package) as one:
        one.offer(next_package)
        state = Path(one.desktop.environment["XDG_STATE_HOME"]) / "connection-client"

        # Never during another installation: the person is told, and decides when.
        with FileLock(state / "installing.lock"):
            one.screen.click(f"Update {NAME}", seconds=60)
            one.screen.wait_for_text("Another installation is under way", seconds=40)
            one.desktop.screenshot(tmp_path / "busy.png")
            assert one.version_on_disk() == VERSION
        one.screen.click(f"Install {NAME}")

        wait_until(lambda: one.version_on_disk() == NEXT, 90, "it was not installed")
        wait_until(one.started_anew, 60, "it did not start anew")
        one.screen.wait_for("Everything is up to date", seconds=60)
        one.desktop.screenshot(tmp_path / "back.png")
        assert one.client.poll() is None
        said = subprocess.run(["/usr/bin/connection-client", "--version"], capture_output=True, check=True)
        assert NEXT in said.stdout.decode()


def test_it_stays_in_the_tray_where_the_window_was_closed(
    tmp_path: Path, client_package: Path, next_package: Path
) -> None:
    with person(tmp_path, client_package, bandwidth_limit=8_000) as one:
        one.offer(next_package)
        one.screen.click(f"Update {NAME}", seconds=60)
        one.screen.wait_for_text("Downloading", seconds=40)
        left, top, width, _ = one.screen.extents(one.screen.wait_for(NAME))
        one.screen.click_at(left + width - 10, top - 9)
        wait_until(lambda: not one.shows_window(), 20, "the window did not close")

        wait_until(one.started_anew, 120, "it did not start anew")

        # Only the icon: the window stays away even after the time in which it opens where no panel is.
        with pytest.raises(TimeoutError):
            wait_until(one.shows_window, 12, "no window, as it should be")
        assert one.version_on_disk() == NEXT
        assert one.client.poll() is None


@pytest.mark.parametrize(
    ("setting", "shown", "missing"),
    [("notify", f"{NAME}", f"Update {NAME}"), ("off", "Everything is up to date", f"More about {NAME}")],
)
def test_an_organisation_only_has_it_shown_or_hidden(
    tmp_path: Path, client_package: Path, next_package: Path, setting: str, shown: str, missing: str
) -> None:
    with person(tmp_path, client_package, self_update=setting) as one:
        one.offer(next_package)

        one.screen.wait_for(shown, seconds=60)

        one.screen.wait_for_text("deferred by your organisation" if setting == "notify" else "up to date")
        assert one.screen.find(missing) is None
        assert one.version_on_disk() == VERSION

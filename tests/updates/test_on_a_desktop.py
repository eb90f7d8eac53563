# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A person updates, goes back and reports in the real window; the machine's own dpkg installs."""

import json
import shutil
import signal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.updates.conftest import Begin
from tests.world.desk_viewer import NAME, PACKAGE, TITLE, DeskViewer, close_window, may_install
from tests.world.desktop import Desktop
from tests.world.screen import Screen
from tests.world.waiting import wait_until

pytestmark = pytest.mark.skipif(
    not may_install(), reason="installs on this machine, which needs root's rights"
)


def open_list(screen: Screen) -> None:
    screen.wait_for("E-mail address", "text", seconds=40)
    screen.click("Applications")
    screen.wait_for(f"More about {NAME}", seconds=40)


def press_in_menu(screen: Screen, entry: str) -> None:
    """Menus tell no assistive technology that they show; the keyboard finds their entries by the letter."""
    screen.click(f"More about {NAME}")
    for key in ("Up", "Up", "Return"):
        screen.press_key(key)


def newest(screen: Screen, viewer: DeskViewer, version: str) -> None:
    """A new release is published, and the person looks."""
    viewer.publish(version)
    screen.click("Check for updates")
    screen.wait_for(f"Update {NAME}", seconds=40)


def wait_for_version(viewer: DeskViewer, version: str) -> None:
    wait_until(lambda: viewer.installed == version, 60, f"{version} was not installed")


def install_the_first(desktop: Desktop, screen: Screen, viewer: DeskViewer, begin: Begin) -> None:
    """Start the client, and install 1.0 from its list."""
    viewer.publish("1.0")
    viewer.preset(desktop.session.config)
    begin(desktop.environment)
    open_list(screen)
    screen.click(f"Install {NAME}")
    wait_for_version(viewer, "1.0")


def test_an_open_application_is_asked_to_close_and_one_can_go_back(
    desktop: Desktop, screen: Screen, viewer: DeskViewer, begin: Begin, tmp_path: Path
) -> None:
    install_the_first(desktop, screen, viewer, begin)
    unsaved = tmp_path / "unsaved"
    unsaved.touch()
    application = begin({**desktop.environment, "UNSAVED": str(unsaved)}, f"/usr/bin/{PACKAGE}")
    newest(screen, viewer, "1.1")

    screen.click(f"Update {NAME}")
    assert f"“{TITLE}”" in screen.wait_for_text("It is only asked to close")
    desktop.screenshot(tmp_path / "asked.png")
    assert application.poll() is None
    screen.click("Close and update")

    # It was asked and stays open: there is something to save.
    wait_until(lambda: not unsaved.exists(), 20, "nobody asked it to close")
    screen.wait_for_text(f"Waiting for {NAME} to close")
    assert (application.poll(), viewer.installed) == (None, "1.0")
    close_window(desktop.environment)
    wait_for_version(viewer, "1.1")
    assert application.wait(20) == 0
    screen.wait_for_text("Up to date", seconds=40)

    screen.click("Go back to 1.0")
    wait_for_version(viewer, "1.0")


def test_it_goes_to_it_and_to_the_support(
    desktop: Desktop, screen: Screen, viewer: DeskViewer, begin: Begin, tmp_path: Path
) -> None:
    install_the_first(desktop, screen, viewer, begin)
    newest(screen, viewer, "1.1")

    press_in_menu(screen, "Send to IT")
    letter = tmp_path / "for it.txt"
    screen.type_into("File name:", str(letter))
    desktop.screenshot(tmp_path / "dialog.png")
    screen.press_key("Return")
    screen.wait_for_text(f"{letter} is written.")
    assert f"connection-client install {PACKAGE}_1.1_all.deb" in letter.read_text()

    screen.click(NAME)
    screen.click("This is wrong")
    address = tmp_path / "address"
    wait_until(address.exists, 20, "no browser was started")
    asked = parse_qs(urlsplit(wait_until(address.read_text, 5, "no address")).query)
    assert (asked["version"], asked["subject"]) == (["1.0"], [f"Found wrongly: {NAME}"])
    assert f"dpkg: {PACKAGE}" in asked["text"][0]


@pytest.fixture
def killed(desktop: Desktop, screen: Screen, viewer: DeskViewer, begin: Begin) -> tuple[Path, int]:
    """The client was killed in the middle of a download; the part file and its length then."""
    viewer.publish("1.0", megabytes=12)
    viewer.preset(desktop.session.config, bandwidth_limit=1500)
    client = begin(desktop.environment)
    open_list(screen)
    screen.click(f"Install {NAME}")
    downloads = Path(desktop.environment["XDG_CACHE_HOME"]) / "connection-client/downloads"

    def part() -> Path | None:
        return next((one for one in downloads.glob("*.part") if one.stat().st_size > 3 << 20), None)

    found = wait_until(part, 60, "nothing was downloaded")
    client.send_signal(signal.SIGKILL)
    client.wait()
    return found, found.stat().st_size


def agreed_file(desktop: Desktop) -> Path:
    return Path(desktop.environment["XDG_STATE_HOME"]) / "connection-client/agreed.json"


def test_a_killed_client_says_what_did_not_finish_and_goes_on(
    desktop: Desktop,
    screen: Screen,
    viewer: DeskViewer,
    begin: Begin,
    killed: tuple[Path, int],
    tmp_path: Path,
) -> None:
    part, length = killed
    assert viewer.installed == ""
    (kept,) = json.loads(agreed_file(desktop).read_text())
    assert (kept["product"], kept["version"], kept["waiting"]) == ("desk-viewer", "1.0", "turn")

    begin(desktop.environment)
    screen.wait_for("E-mail address", "text", seconds=40)
    screen.click("Applications")
    screen.wait_for_text(f"ended before this was installed: {NAME}", seconds=40)
    desktop.screenshot(tmp_path / "goes-on.png")
    assert not part.exists() or part.stat().st_size >= length  # not from the first byte again

    wait_for_version(viewer, "1.0")
    wait_until(lambda: agreed_file(desktop).read_text().strip() == "[]", 20, "it is still waited for")


def test_a_hidden_start_asks_for_nothing_until_the_window_opens(
    desktop: Desktop, screen: Screen, viewer: DeskViewer, begin: Begin, killed: tuple[Path, int]
) -> None:
    part, length = killed
    lists = Path(desktop.environment["XDG_DATA_HOME"]) / "connection-client/catalogue"
    shutil.rmtree(lists)
    begin(desktop.environment, "--hidden")
    wait_until(lambda: any(lists.rglob("timestamp.json")), 60, "it did not look for updates")

    with pytest.raises(TimeoutError):
        wait_until(lambda: not part.exists() or part.stat().st_size > length, 5, "nothing, as it should be")
    first = agreed_file(desktop).read_text()
    assert (part.stat().st_size, viewer.installed) == (length, "")

    begin(desktop.environment)

    screen.wait_for("E-mail address", "text", seconds=40)
    wait_for_version(viewer, "1.0")
    assert json.loads(first)[0]["version"] == "1.0"


def test_nothing_begins_by_itself_without_the_record_of_the_consent(
    desktop: Desktop, screen: Screen, viewer: DeskViewer, begin: Begin, killed: tuple[Path, int]
) -> None:
    part, length = killed
    agreed_file(desktop).unlink()

    begin(desktop.environment)
    open_list(screen)
    screen.click("Check for updates")

    screen.wait_for(f"Install {NAME}", seconds=40)
    assert (part.stat().st_size, viewer.installed) == (length, "")


def test_an_installation_that_has_begun_ends_although_the_client_was_killed(
    desktop: Desktop, screen: Screen, viewer: DeskViewer, begin: Begin
) -> None:
    viewer.publish("1.0", seconds=6)
    viewer.preset(desktop.session.config)
    client = begin(desktop.environment)
    open_list(screen)
    screen.click(f"Install {NAME}")
    screen.wait_for_text("Installing", seconds=40)
    client.send_signal(signal.SIGKILL)
    client.wait()

    begin(desktop.environment)

    open_list(screen)
    wait_for_version(viewer, "1.0")
    screen.wait_for_text("Up to date", seconds=60)
    wait_until(lambda: agreed_file(desktop).read_text().strip() == "[]", 40, "it is still waited for")

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is shown on the `windows` platform, in the order of a day; each raises where it is not so."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from connection_client.ui.tokens import DARK, LIGHT, Tokens
from tests.installers.windows_computer import CONSOLE
from tests.windows_desktop.day import Person
from tests.windows_desktop.machine import ASKED_FOR, SETUPS
from tests.windows_host.setups import VERSIONS
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, PROJECT
from tests.world.waiting import wait_until

_PROTOCOL = r"Software\Classes\connection-client"
_HINT = 100  # pixels; what is higher is no hint
_BUTTON = 0.006  # of the window's pixels are in the accent once the list, and with it a button, is there
_PAGES = {
    "applications": "ctrl+1",
    "updates": "ctrl+2",
    "you": "ctrl+3",
    "settings": "ctrl+comma",
    "help": "F1",
}


def installed(person: Person) -> None:
    """The setup brings the program, its start with the session and its protocol."""
    computer = person.day.machine.computer
    computer.run(person.day.setup, "/S", "/CurrentUser")
    found = computer.look()["HKCU"]
    assert person.program.exists()
    assert found["run"]["connection client"].endswith('" --hidden --with-session')
    assert found["protocol"][""].endswith('"%1"')
    root = person.day.center.state / "tuf" / "metadata" / "1.root.json"
    address = person.day.center.address.rstrip("/")
    person.set(center_url=address, trusted_root=computer.wine.windows_path(root), language="en")
    computer.run(SETUPS / f"small-{VERSIONS[0]}.exe", "/S", "/SCOPE=user")


def begins_with_the_session(person: Person) -> None:
    """Whoever signs in to Windows gets the icon and no window."""
    person.day.machine.computer.run("wineboot")
    person.icon()
    assert person.day.machine.computer.runs_client()
    assert not person.day.machine.screen.windows("CONNECTION Client")
    person.day.machine.screen.picture(person.day.out / "hidden.png")


def a_second_start_raises(person: Person) -> None:
    """The window comes up, and again when something else has the keyboard."""
    person.start_again()
    person.active_window()
    machine = person.day.machine
    machine.computer.wine.start(["notepad"])
    wait_until(lambda: "Notepad" in machine.in_front(), 30, "notepad does not have the keyboard")
    person.start_again()
    person.active_window()
    machine.screen.picture(person.day.out / "in-front.png")
    machine.computer.run("taskkill", "/im", "notepad.exe")


def the_protocol_raises(person: Person) -> None:
    """A link on a web page brings the window up."""
    screen = person.day.machine.screen
    screen.press("alt+F4")
    person.no_window()
    person.icon()
    # Wine looks for protocols among those of the computer alone, Windows among the person's as well.
    person.day.machine.computer.run("reg", "copy", rf"HKCU\{_PROTOCOL}", rf"HKLM\{_PROTOCOL}", "/s", "/f")
    person.day.machine.computer.run("start", "connection-client://launch/small-viewer")
    window = person.active_window()
    screen.picture(person.day.out / "link.png", window)


def quit_by_the_menu(person: Person) -> None:
    """A right click on the icon opens the menu, whose last entry ends the client with status 0."""
    person.end()
    person.start("--hidden")
    screen = person.day.machine.screen
    wait_until(person.day.machine.computer.answers, 60, "the client does not answer")
    menu = _menu(person)
    screen.picture(person.day.out / "tray-menu.png")
    place = screen.place(menu)
    screen.picture(person.day.out / "menu.png", menu)
    # What the icon says when the mouse rests on it may cover the end of the last line.
    screen.click(place.left + 20, place.top + place.height - 18)
    wait_until(lambda: person.code is not None, 60, "the client did not end")
    assert person.code == 0, person.code
    assert not person.day.machine.computer.runs_client()


def _menu(person: Person) -> int:
    """A right click on the icon; once more where the task bar only showed what the icon says."""
    screen = person.day.machine.screen
    before, icon = screen.all_windows(), person.icon()

    def opened() -> int:
        new = screen.all_windows() - before
        return next((one for one in new if screen.place(one).height > _HINT), 0)

    for _ in range(4):
        screen.click(*icon, button=3)
        with suppress(TimeoutError):
            return wait_until(opened, 4, "no menu came")
    raise AssertionError("no menu came")


def signed_in_by_keyboard(person: Person) -> None:
    """The form is reached and filled in without the mouse; the browser does the rest."""
    asked = person.day.machine.folder / ASKED_FOR
    asked.unlink(missing_ok=True)
    person.start()
    person.active_window()
    screen = person.day.machine.screen
    screen.press("ctrl+3")
    screen.picture(person.day.out / "sign-in.png", person.window())
    screen.write(ADMINISTRATOR)
    screen.picture(person.day.out / "sign-in-typed.png", person.window())
    screen.press("Return")
    wait_until(partial(_text, asked), 60, "no browser was asked for")
    screen.picture(person.day.out / "waiting-for-browser.png", person.window())
    address = _text(asked)  # a key that was held for long has pressed what came next, which asks again
    command = (
        "import sys; from tests.world.providers.person import sign_in_with_form;"
        " print(sign_in_with_form(*sys.argv[1:]).text)"
    )
    words = [sys.executable, "-c", command, address, ADMINISTRATOR, ADMINISTRATOR_PASSWORD]
    variables = os.environ | {"PYTHONPATH": str(PROJECT)}
    page = subprocess.run(words, env=variables, capture_output=True, text=True, check=True, timeout=60).stdout
    assert "You can close this window" in page, page
    wait_until(lambda: _status(person) == "signed-in", 60, "not signed in")
    screen.picture(person.day.out / "signed-in.png", person.window())


def _text(path: Path) -> str:
    with suppress(FileNotFoundError):
        return path.read_text("utf-8").strip()
    return ""


def _status(person: Person) -> str:
    program = "from connection_client import sdk; print('STATE', sdk.status(timeout=5).state)"
    said = person.day.machine.computer.run(
        person.day.machine.computer.python / "python.exe", "-X", "utf8", "-c", program
    )
    return next((line.split()[1] for line in said.splitlines() if line.startswith("STATE ")), "")


def pages(person: Person, name: str, tokens: Tokens) -> None:
    """Every page is painted in our colours."""
    screen = person.day.machine.screen
    person.end()
    person.start()
    window = person.active_window()
    screen.press("ctrl+1")
    wait_until(lambda: screen.colours(window).get(tokens.accent, 0) > _BUTTON, 60, "no list came")
    for page, key in _PAGES.items():
        screen.press(key)
        screen.picture(person.day.out / name / f"{page}.png", window)
        colours = screen.colours(window)
        ours = sum(colours.get(colour, 0) for colour in (tokens.background, tokens.bar, tokens.surface))
        assert ours > 0.6, (page, ours, sorted(colours.items(), key=lambda one: -one[1])[:5])
    screen.picture(person.day.out / name / "screen.png")


def light(person: Person) -> None:
    """As Windows is set at first."""
    person.end()
    person.day.machine.dress(dark=False)
    pages(person, "light", LIGHT)


def dark(person: Person) -> None:
    """Where the person wants applications dark."""
    person.end()
    person.day.machine.dress(dark=True)
    pages(person, "dark", DARK)


def german_and_large(person: Person) -> None:
    """In German at 150 %."""
    person.end()
    person.day.machine.dress(dark=False, scale=150)
    person.set(language="de")
    assert "Angemeldet als" in person.day.machine.computer.run(person.program.with_name(CONSOLE), "status")
    pages(person, "german-150", LIGHT)
    ratio = person.day.machine.screen.place(person.window()).width / 760
    assert 1.4 < ratio < 1.6, ratio


def installed_by_a_click(person: Person) -> None:
    """What is offered is installed by one click: Windows says so afterwards."""
    screen, window = person.day.machine.screen, person.window()
    screen.press("ctrl+2")
    screen.picture(person.day.out / "before-update.png", window)
    place = screen.place(window)
    half = place.left + place.width // 2
    button = screen.spot(LIGHT.accent, place.top + place.height // 8, after=half)
    assert button is not None
    screen.click(*button)
    wait_until(lambda: _viewer_version(person) == VERSIONS[-1], 90, "it was not installed")
    screen.picture(person.day.out / "after-update.png", window)


def _viewer_version(person: Person) -> str:
    key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\small-viewer"
    said = person.day.machine.computer.run("reg", "query", key, "/v", "DisplayVersion").split()
    return said[-1] if said else ""


CHECKS: dict[str, Callable[[Person], None]] = {
    "the setup installs it": installed,
    "it begins with the session, hidden, with an icon": begins_with_the_session,
    "a second start raises the window": a_second_start_raises,
    "a link raises the window": the_protocol_raises,
    "the menu of the icon ends it with status 0": quit_by_the_menu,
    "a person signs in by keyboard alone": signed_in_by_keyboard,
    "the pages in light": light,
    "the pages in dark": dark,
    "the pages in German at 150 %": german_and_large,
    "an update is installed by a click": installed_by_a_click,
}

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Steps 3, 4 and the first half of 5: open the client, create the password, sign in."""

import subprocess

from demonstration.people import BEA, enter_password, press, visit
from demonstration.stage import Stage
from tests.world.processes import start
from tests.world.waiting import wait_until

DESKTOP_ENTRY = "/usr/share/applications/connection-client.desktop"
_TRAY_HEIGHT = 32  # pixels, of the panel at the lower edge
_CLOSE_FROM_RIGHT, _CLOSE_ABOVE = 10, 9  # pixels; the window manager's button, measured from the content


def start_from_the_menu(stage: Stage) -> None:
    """Start the desktop entry, as the menu does; the icon comes into the tray."""
    visit(stage, "/downloads/")
    log = stage.folder / "client.log"
    stage.programs.append(start(["gio", "launch", DESKTOP_ENTRY], stage.desktop.environment, log))
    stage.screen.wait_for("E-mail address", "text", seconds=30)
    wait_until(lambda: _icon(stage) is not None, 10, "no icon came into the tray")
    left, top, width, _ = stage.screen.extents(stage.screen.wait_for("CONNECTION Client"))
    stage.screen.click_at(left + width - _CLOSE_FROM_RIGHT, top - _CLOSE_ABOVE)
    wait_until(lambda: not stage.screen.find("E-mail address", "text"), 10, "the window did not close")


def open_from_the_icon(stage: Stage) -> None:
    """A click on the icon opens the window; the address is typed there."""
    place = _icon(stage)
    if place is None:
        raise RuntimeError("the icon left the tray")
    stage.screen.click_at(*place)
    stage.screen.type_into("E-mail address", BEA.email)


def ask_for_a_code(stage: Stage) -> None:
    """There is no password yet: the client has a code sent."""
    stage.screen.click("Forgot your password?")
    stage.screen.click("Send code")
    stage.screen.wait_for("Code", "text")


def create_the_password(stage: Stage) -> None:
    """Type the mailed code and choose a password."""
    mail = stage.center.wait_for_mail(BEA.email, lambda mail: "password" in mail.subject)
    stage.screen.type_into("Code", mail.code)
    stage.screen.click("Continue")
    stage.screen.type_into("New password", BEA.password)
    stage.screen.click("Create password")
    stage.screen.wait_for_text("Password created")


def sign_in(stage: Stage) -> None:
    """The system's browser signs in; the client goes on by itself."""
    stage.screen.click("Continue")
    page = stage.browser.page_at(f"{stage.center.address}accounts/login/")
    page.bring_to_front()
    enter_password(page, BEA)
    press(page, "Agree and continue")  # she was registered by Ana, and has not read the terms yet
    stage.screen.wait_for("Applications", seconds=20)
    stage.screen.wait_for_text("Survey Viewer SES")


def _icon(stage: Stage) -> tuple[int, int] | None:
    """The middle of the newest icon in the panel."""
    tree = subprocess.run(
        ["xwininfo", "-root", "-tree"],
        env=dict(stage.desktop.environment),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for line in tree.splitlines():
        if '"connection-client"' in line or "connection_client" in line:
            geometry = line.split()[-1]  # +X+Y in the screen's pixels
            left, top = (int(part) for part in geometry.strip("+").split("+"))
            width, height = (int(part) for part in line.split()[-2].split("+")[0].split("x"))
            if 0 < height <= _TRAY_HEIGHT and 0 < width <= _TRAY_HEIGHT and top > 0:
                return left + width // 2, top + height // 2
    return None

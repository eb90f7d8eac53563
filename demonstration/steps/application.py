# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The second half of step 5: the list, the update, and the application itself."""

import subprocess

from demonstration import machine
from demonstration.stage import PACKAGES, Stage
from demonstration.steps.installation import FIRST_VERSION, PACKAGE, PRODUCT
from tests.world.waiting import wait_until

NEW_VERSION = "10.2.0.7"


def see_the_update(stage: Stage) -> None:
    """The publisher releases a newer version; the client recommends it for what is installed here."""
    package = next(PACKAGES.glob(f"{PACKAGE}_{NEW_VERSION}_*.deb"))
    stage.center.manage(
        "publish", "add", str(package), "--severity", "recommended",
        "--notes", "Measures distances between points.",
    )  # fmt: skip
    raise_window(stage, "CONNECTION Client")
    stage.screen.wait_for_text(FIRST_VERSION)
    stage.screen.click("Check for updates")
    stage.screen.wait_for_text(f"Update {NEW_VERSION}")


def update(stage: Stage) -> None:
    """One click downloads, verifies and installs; what dpkg says afterwards decides."""
    stage.screen.click(f"Update {PRODUCT}")
    wait_until(
        lambda: machine.installed_version(PACKAGE) == NEW_VERSION, 60, f"{NEW_VERSION} was not installed"
    )
    stage.screen.wait_for_text("Up to date", seconds=30)


def open_it(stage: Stage) -> None:
    """Start the application from the client; once it heard that she is entitled, it draws its sample."""
    stage.screen.click(f"Open {PRODUCT}")
    wait_until(
        lambda: _window(stage, f"[.]csv - {PRODUCT} {NEW_VERSION}"), 20, "the application did not draw"
    )


def raise_window(stage: Stage, title: str) -> None:
    """Bring a window to the front, as a click in a task list does."""
    subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$", "windowactivate", "--sync"],
        env=dict(stage.desktop.environment),
        check=True,
        capture_output=True,
    )


def _window(stage: Stage, title: str) -> bool:
    question = ["xdotool", "search", "--onlyvisible", "--name", title]
    answer = subprocess.run(question, env=dict(stage.desktop.environment), capture_output=True, check=False)
    return bool(answer.stdout.strip())

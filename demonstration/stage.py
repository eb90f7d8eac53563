# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""All that the tour needs, brought up in order: packages, Center, desktop, browser."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from demonstration.machine import left_as_found
from tests.world.browser import Browser, system_browser
from tests.world.center import Center, running_center
from tests.world.desktop import Desktop, private_desktop
from tests.world.screen import Screen

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "build" / "packages"
SCREEN = "1440x900x24"
_BROWSER_PLACE = (30, 20, 1060, 800)  # left, top, width, height in pixels


@dataclass
class Stage:
    """What the steps act on, and what earlier steps leave for later ones."""

    folder: Path
    center: Center
    desktop: Desktop
    screen: Screen
    browser: Browser
    downloads: list[Path] = field(default_factory=list)
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def photograph(self, file: Path) -> Path:
        """The whole screen."""
        return self.desktop.screenshot(file)


@contextlib.contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A Center with the example organisation, an empty desktop, a browser; the machine is left as found."""
    build_packages()
    with contextlib.ExitStack() as stack:
        stack.enter_context(left_as_found())
        center = stack.enter_context(running_center(folder / "center"))
        center.manage("example", "--packages", str(PACKAGES))
        desktop = stack.enter_context(private_desktop(folder / "desktop", screen=SCREEN))
        preset_client(desktop.session.config, center.address, center.state)
        browser = stack.enter_context(
            system_browser(desktop.folder, desktop.environment, place=_BROWSER_PLACE)
        )
        desktop = desktop.with_variables(BROWSER=str(browser.starter))
        screen = Screen(desktop.environment)
        stack.callback(screen.close)
        yield Stage(folder, center, desktop, screen, browser)


def build_packages() -> None:
    """The Debian packages of the client and the examples; those that are up to date are kept."""
    subprocess.run([sys.executable, "-m", "installers.build", "deb"], cwd=ROOT, check=True)


def preset_client(config: Path, center_address: str, center_state: Path) -> None:
    """What IT presets before the first sign-in: the Center's address and the first trusted keys."""
    config.mkdir(parents=True, exist_ok=True)
    preset = {
        "center_url": center_address.rstrip("/"),
        "trusted_root": str(center_state / "tuf" / "metadata" / "1.root.json"),
    }
    (config / "settings.json").write_text(json.dumps(preset))

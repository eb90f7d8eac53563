# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The system browser: Chromium behind a starter script, so that programs open it as they would any.

A person works in it through Playwright over the DevTools protocol: real events in a real window.
"""

import contextlib
import json
import socket
import stat
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright

from tests.world.waiting import wait_until

_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --no-default-browser-check "
    "--disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage "
    "--password-store=basic --disable-features=Translate,OptimizationHints,MediaRouter,"
    "PasswordLeakDetection,AutofillServerCommunication --disable-infobars --test-type "
    "--window-position={x},{y} --window-size={width},{height}"
)

_PATIENCE_MS = 10_000


@dataclass
class Browser:
    """Chromium on the desktop; `starter` is what programs call to open an address."""

    starter: Path
    downloads: Path
    environment: Mapping[str, str]
    port: int
    chromium: Chromium

    @property
    def pages(self) -> list[Page]:
        """The open tabs."""
        return list(self.chromium.contexts[0].pages)

    def page_at(self, address: str, seconds: float = 20) -> Page:
        """Wait for a tab whose address begins with `address`."""

        def found() -> Page | None:
            self.chromium.contexts[0].pages[0].wait_for_timeout(30)  # lets the protocol's events arrive
            return next((page for page in self.pages if page.url.startswith(address)), None)

        return wait_until(found, seconds, f"the browser did not open {address}")

    def open(self, address: str) -> Page:
        """Open an address in a new tab, as a person would."""
        page = self.chromium.contexts[0].new_page()
        page.goto(address)
        page.bring_to_front()
        return page

    def download(self, page: Page, link: str, seconds: float = 60) -> Path:
        """Click the link of that name; the file that arrives in the person's download folder."""
        before = set(self.downloads.iterdir())
        page.get_by_role("link", name=link, exact=True).click()

        def arrived() -> Path | None:
            new = [path for path in self.downloads.iterdir() if path not in before]
            # While it arrives its name is hidden, or says that it is a part.
            done = [
                path
                for path in new
                if not path.name.startswith(".")
                and path.suffix not in {".crdownload", ".tmp"}
                and path.stat().st_size
            ]
            return done[0] if done and len(new) == len(done) else None

        return wait_until(arrived, seconds, f"{link} was not downloaded")


@contextlib.contextmanager
def system_browser(
    folder: Path,
    environment: Mapping[str, str],
    place: tuple[int, int, int, int] = (40, 30, 1000, 700),
) -> Iterator[Browser]:
    """A running Chromium that is the default browser of `environment` (through $BROWSER)."""
    port = _free_port()
    downloads = Path(environment["HOME"]) / "Downloads"
    downloads.mkdir(exist_ok=True)
    starter = write_starter(folder, port, place)
    _no_offers_to_keep_passwords(folder / "profile")
    log = (folder / "browser.log").open("ab")
    subprocess.Popen([starter, "about:blank"], env=dict(environment), stdout=log, stderr=log)
    log.close()
    try:
        wait_until(lambda: _answers(port), 30, f"Chromium did not start; see {folder / 'browser.log'}")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
            chromium.contexts[0].set_default_timeout(_PATIENCE_MS)
            session = chromium.new_browser_cdp_session()
            session.send("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})
            yield Browser(starter, downloads, environment, port, chromium)
            with contextlib.suppress(Exception):
                session.send("Browser.close")
    finally:
        _end_profile(folder / "profile")


def write_starter(folder: Path, port: int, place: tuple[int, int, int, int]) -> Path:
    """A script that opens its argument in the one running Chromium, or starts it."""
    left, top, width, height = place
    flags = _FLAGS.format(x=left, y=top, width=width, height=height)
    starter = folder / "browser"
    starter.write_text(
        f'#!/bin/sh\nexec chromium {flags} --user-data-dir="{folder}/profile"'
        f' --remote-debugging-port={port} "$@" >>"{folder}/browser.log" 2>&1\n'
    )
    starter.chmod(starter.stat().st_mode | stat.S_IXUSR)
    return starter


def _no_offers_to_keep_passwords(profile: Path) -> None:
    preferences = profile / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True, exist_ok=True)
    choice = {"credentials_enable_service": False, "profile": {"password_manager_enabled": False}}
    preferences.write_text(json.dumps(choice))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _end_profile(profile: Path) -> None:
    """End whatever still runs on this profile, and nothing else."""
    for number in ("TERM", "KILL"):
        subprocess.run(["pkill", f"-{number}", "-f", f"user-data-dir={profile}"], check=False)
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            if subprocess.run(
                ["pgrep", "-f", f"user-data-dir={profile}"], check=False, capture_output=True
            ).returncode:
                return
            time.sleep(0.05)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every page of the Center in a real Chromium: for pictures, and for whoever examines pages."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center

FOR_EVERYBODY = {
    "start": "",
    "register": "register/",
    "sign-in": "accounts/login/",
    "sign-in-by-code": "accounts/login/code/",
    "forgotten-password": "accounts/password/reset/",
    "terms": "terms/",
    "community": "community/",
    "mails": "mail/",
    "not-there": "nowhere/",
}
FOR_AN_ADMINISTRATOR = {
    "users": "users/",
    "add-user": "users/add/",
    "import-users": "users/import/",
    "record": "users/record/",
    "policy": "policy/",
    "connected": "connected/",
    "downloads": "downloads/",
    "service-requests": "support/",
    "new-service-request": "support/new/",
    "new-topic": "community/new/",
    "change-password": "accounts/password/change/",
    "change-address": "accounts/email/",
    "second-step": "accounts/second-step/",
    "sign-out": "accounts/logout/",
    "other-computer": "identity/o/device",
    "sign-in-again": "accounts/reauthenticate/",
}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        try:
            yield browser
        finally:
            browser.close()


def pages(center: Center, context: BrowserContext) -> Iterator[tuple[str, Page]]:
    """Each page by its name, opened: first as a stranger sees it, then for the example's administrator."""
    page = context.new_page()
    page.set_default_timeout(20_000)
    for name, path in FOR_EVERYBODY.items():
        page.goto(f"{center.address}{path}")
        yield name, page
    page.goto(f"{center.address}accounts/login/")
    page.locator("input[name=login]").fill(ADMINISTRATOR)
    page.locator("input[name=password]").fill(ADMINISTRATOR_PASSWORD)
    page.locator("form:has(input[name=password]) button").click()
    page.locator("form[action$='/accounts/logout/'] button").wait_for()
    for name, path in FOR_AN_ADMINISTRATOR.items():
        page.goto(f"{center.address}{path}")
        yield name, page
    page.goto(f"{center.address}users/")
    page.locator("main a[href^='/users/']", has_text="Ana Lima").first.click()
    yield "user", page
    page.close()

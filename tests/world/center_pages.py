# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every page of the Center in a real Chromium: for pictures, and for whoever examines pages."""

import secrets
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
    "invitation-ended": "invitation/none/",
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
AFTER_AN_ACT = ("user", "import")


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
    _import_people(center, page)
    yield "import", page
    page.close()


def _import_people(center: Center, page: Page) -> None:
    """So many that a page of its own shows how far it is; until that says what became of them."""
    mark = secrets.token_hex(3)
    people = [f"New Person,{mark}-{number}@lima-survey.example,PT," for number in range(120)]
    page.goto(f"{center.address}users/import/")
    page.fill("textarea[name=text]", "\n".join(["name,email,country,roles", *people]))
    page.click("main form.stack button")
    page.click("button[name=add]")
    page.locator("progress").wait_for(state="detached", timeout=60_000)
    page.wait_for_load_state()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who walks through the six steps, and what they do in the Center with their browser."""

from dataclasses import dataclass

from playwright.sync_api import Page

from demonstration.stage import Stage


@dataclass(frozen=True)
class Somebody:
    """A person; whoever has no password yet signs in with a mailed code."""

    name: str
    email: str
    password: str = ""


ANA = Somebody("Ana Lima", "ana@lima-survey.example", "Tidal-harbour-71")
BEA = Somebody("Bea Costa", "bea@lima-survey.example", "Granite-lantern-58")
CARL = Somebody("Carl Weber", "carl@weber-planung.example", "Copper-meadow-34")
DORA = Somebody("Dora Sousa", "dora@lima-survey.example")
DOWNLOAD_ROLE = "Product Delivery - Download"


def visit(stage: Stage, place: str) -> Page:
    """A page of the Center in the browser's first tab."""
    page = stage.browser.pages[0]
    page.bring_to_front()
    page.goto(stage.center.address + place.lstrip("/"))
    return page


def sign_in(stage: Stage, person: Somebody, place: str = "/accounts/login/") -> Page:
    """Sign in with the password."""
    page = visit(stage, place)
    enter_password(page, person)
    return page


def enter_password(page: Page, person: Somebody) -> None:
    """Fill in the Center's sign-in page; the address is there already where the client knew it."""
    address = page.get_by_label("E-mail address")
    if address.input_value() != person.email:
        address.fill(person.email)
    page.get_by_label("Password", exact=True).fill(person.password)
    press(page, "Sign in")


def sign_in_with_code(stage: Stage, person: Somebody) -> Page:
    """Sign in without a password: the code comes by mail."""
    page = visit(stage, "/accounts/login/")
    page.get_by_role("link", name="Sign in with a mailed code").click()
    page.get_by_label("E-mail address").fill(person.email)
    press(page, "Send code")
    mail = stage.center.wait_for_mail(person.email, lambda mail: "sign in" in mail.subject.lower())
    page.get_by_label("Code").fill(mail.code)
    press(page, "Continue")
    page.get_by_role("button", name="Sign out").wait_for()
    return page


def sign_out(page: Page) -> None:
    """Leave the browser to the next person."""
    press(page, "Sign out")
    page.get_by_role("link", name="Sign in").first.wait_for()


def press(page: Page, name: str) -> None:
    """Press the page's button of that name."""
    page.get_by_role("main").or_(page.get_by_role("banner")).get_by_role(
        "button", name=name, exact=True
    ).first.click()


def expect_text(page: Page, text: str) -> None:
    """Wait until the page says so."""
    page.get_by_text(text).filter(visible=True).first.wait_for()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Step 1: register as a user."""

from demonstration.people import (
    ANA,
    BEA,
    CARL,
    DORA,
    DOWNLOAD_ROLE,
    expect_text,
    press,
    sign_in,
    sign_in_with_code,
    sign_out,
    visit,
)
from demonstration.stage import Stage


def administrator_registers_a_user(stage: Stage) -> None:
    """The Account Administrator adds one user with the download role; the user gets a mail."""
    page = sign_in(stage, ANA, "/users/")
    page.get_by_role("link", name="Add user").first.click()
    page.get_by_label("Name", exact=True).fill(BEA.name)
    page.get_by_label("E-mail address").fill(BEA.email)
    page.get_by_label(DOWNLOAD_ROLE).check()
    press(page, "Add user")
    expect_text(page, BEA.email)
    mail = stage.center.wait_for_mail(BEA.email)
    if "Forgot your password" not in mail.text:
        raise RuntimeError(f"The mail to {BEA.email} does not say how to go on: {mail.text}")


def administrator_imports_users(stage: Stage) -> None:
    """More users come from a CSV file, after a preview."""
    page = visit(stage, "/users/import/")
    page.get_by_label("Or paste lines").fill(f"name,email,country\n{DORA.name},{DORA.email},PT\n")
    press(page, "Check lines")
    expect_text(page, DORA.email)
    press(page, "Add 1 user")
    expect_text(page, DORA.name)
    stage.center.wait_for_mail(DORA.email)
    visit(stage, "/users/")
    expect_text(page, BEA.name)


def individual_registration(stage: Stage) -> None:
    """Somebody who works alone registers; the address counts once it is confirmed by mail."""
    sign_out(visit(stage, "/"))
    page = visit(stage, "/")
    page.get_by_role("link", name="Register yourself").click()
    page.get_by_label("Name", exact=True).fill(CARL.name)
    page.get_by_label("E-mail address").fill(CARL.email)
    page.get_by_label("Country").select_option("DE")
    page.get_by_label("Password", exact=True).fill(CARL.password)
    page.get_by_label("I agree to the terms of use").check()
    press(page, "Register")
    mail = stage.center.wait_for_mail(CARL.email)
    page.goto(mail.links[0])
    press(page, "Confirm")
    sign_in(stage, CARL, "/accounts/login/?next=/connected/")
    expect_text(page, CARL.name)


def how_are_you_connected(stage: Stage) -> None:
    """A third person finds out who the Account Administrator is."""
    sign_out(visit(stage, "/"))
    sign_in_with_code(stage, DORA)
    page = visit(stage, "/")
    page.get_by_role("main").get_by_role("link", name="How are you CONNECTED?").click()
    expect_text(page, "Your Account Administrators")
    expect_text(page, ANA.email)

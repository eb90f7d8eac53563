# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Create a password: an address, the mailed code, a password that follows the rules."""

from connection_client.domain.errors import PasswordNotAccepted
from tests.ui.conftest import Show, Shown
from tests.world.sample_identity import CODE
from tests.world.sample_rooms import SIGNED_OUT, sample

ADDRESS = "sofia.marques@lima-survey.example"


def at_the_code(show: Show) -> Shown:
    shown = show(sample(SIGNED_OUT))
    shown.until(lambda: shown.window.pages.currentWidget() is shown.window.sign_in)
    shown.window.sign_in.email.edit.setText(ADDRESS)
    shown.window.sign_in.forgot_button.click()
    assert shown.window.password.email.text == ADDRESS
    shown.window.password.send.click()
    shown.until(lambda: shown.window.password.stack.currentIndex() == 1)
    return shown


def at_the_password(show: Show) -> Shown:
    shown = at_the_code(show)
    shown.window.password.code.edit.setText(CODE)
    shown.window.password.check.click()
    shown.until(lambda: shown.window.password.stack.currentIndex() == 2)
    return shown


def test_the_whole_way_ends_in_the_sign_in(show: Show) -> None:
    shown = at_the_password(show)
    page = shown.window.password
    page.password.edit.setText("Tidal-harbour-72")
    page.create_button.click()
    shown.until(lambda: page.stack.currentIndex() == 3)
    assert shown.world.password.passwords == {ADDRESS: "Tidal-harbour-72"}
    assert page.password.text == ""
    page.sign_in.click()
    shown.until(lambda: len(shown.world.sign_in.attempts) == 1)
    assert shown.window.pages.currentWidget() is shown.window.sign_in


def test_a_wrong_code_is_told_and_kept(show: Show) -> None:
    shown = at_the_code(show)
    page = shown.window.password
    page.code.edit.setText("000000")
    page.check.click()
    shown.until(page.code.problem.isVisible)
    assert page.code.text == "000000"
    assert page.stack.currentIndex() == 1


def test_a_new_code_can_be_sent_after_a_while(show: Show) -> None:
    page = at_the_code(show).window.password
    assert not page.resend.isEnabled()
    assert page.resend.accessibleName() == "Send a new code in 45 s"
    for _ in range(45):
        page._tick()
    assert page.resend.isEnabled()
    assert page.resend.accessibleName() == "Send a new code"


def test_the_length_is_checked_while_typing(show: Show) -> None:
    shown = at_the_password(show)
    page = shown.window.password
    shown.until(lambda: page._minimum == 12)
    page.password.edit.setText("Tidal-harbo")
    assert not page.create_button.isEnabled()
    page.password.edit.setText("Tidal-harbou")
    assert page.create_button.isEnabled()


def test_a_refused_password_is_told_and_kept(show: Show) -> None:
    shown = at_the_password(show)
    shown.world.password.refusing = PasswordNotAccepted(reasons=["It is used by many people."])
    page = shown.window.password
    page.password.edit.setText("Tidal-harbour-72")
    page.create_button.click()
    shown.until(page.password.problem.isVisible)
    assert "It is used by many people." in page.password.problem.text()
    assert page.password.text == "Tidal-harbour-72"


def test_the_password_can_be_shown(show: Show) -> None:
    page = at_the_password(show).window.password
    edit = page.password.edit
    assert edit.echoMode() is edit.EchoMode.Password
    edit.actions()[0].trigger()
    assert edit.echoMode() is edit.EchoMode.Normal

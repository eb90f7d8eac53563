# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The sign-in card: an address, then the browser; nothing that was typed is lost."""

import subprocess
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.errors import CenterUnreachable, SessionEnded, SignInRefused
from connection_client.domain.settings import EMAIL_DOMAIN, ISSUER, ORGANISATION
from tests.ui.conftest import Show, Shown, named
from tests.world.sample_products import SOFIA
from tests.world.sample_rooms import SIGNED_OUT, sample

ADDRESS = " Sofia.Marques@lima-survey.example "


def signed_out(show: Show) -> Shown:
    shown = show(sample(SIGNED_OUT))
    shown.until(lambda: shown.window.pages.currentWidget() is shown.window.sign_in)
    return shown


def in_the_browser(show: Show) -> Shown:
    shown = signed_out(show)
    QTest.keyClicks(shown.window.sign_in.email.edit, ADDRESS)
    QTest.keyClick(shown.window.sign_in.email.edit, Qt.Key.Key_Return)
    shown.until(lambda: shown.window.sign_in.stack.currentIndex() == 1)
    return shown


def test_who_is_signed_out_meets_the_card_with_the_cursor_in_it(show: Show) -> None:
    shown = signed_out(show)
    shown.window.activateWindow()
    shown.until(shown.window.sign_in.email.edit.hasFocus)
    assert named(shown.window, "E-mail address") is shown.window.sign_in.email.edit


def test_what_is_no_address_is_told_below_the_field_and_kept(show: Show) -> None:
    card = signed_out(show).window.sign_in
    card.email.edit.setText("sofia")
    card.go_on.click()
    assert card.email.problem.isVisible()
    assert card.email.problem.text().startswith("This does not look like an e-mail address.")
    assert card.email.text == "sofia"


def test_the_browser_signs_in_and_the_applications_show(show: Show) -> None:
    shown = in_the_browser(show)
    assert "Finish signing in in your browser" in [
        label.text() for label in shown.window.sign_in.findChildren(type(shown.window.sign_in.browser.text))
    ]
    shown.world.sign_in.attempts[0].done.set()
    shown.until(lambda: shown.window.pages.currentWidget() is shown.window.applications)
    assert shown.desk.session.account == SOFIA


def test_cancel_returns_to_the_address(show: Show) -> None:
    shown = in_the_browser(show)
    shown.window.sign_in.browser.cancel.click()
    assert shown.window.sign_in.stack.currentIndex() == 0
    assert shown.window.sign_in.email.text == ADDRESS
    shown.until(shown.world.sign_in.attempts[0].done.is_set)
    assert not shown.window.sign_in.email.problem.isVisible()


def test_the_link_can_be_copied(show: Show) -> None:
    shown = in_the_browser(show)
    shown.window.sign_in.browser.copy.click()
    assert QApplication.clipboard().text() == shown.world.sign_in.attempts[0].url
    assert shown.window.sign_in.browser.copy.accessibleName() == "Link copied"


def test_a_browser_that_did_not_open_is_told(show: Show) -> None:
    shown = signed_out(show)
    shown.world.sign_in.browser_opens = False
    shown.window.sign_in.start_with("sofia.marques@lima-survey.example")
    shown.until(lambda: shown.window.sign_in.stack.currentIndex() == 1)
    assert shown.window.sign_in.browser.text.text().startswith("The browser did not open.")


def test_a_federated_address_hides_the_password_of_the_center(show: Show) -> None:
    shown = signed_out(show)
    card = shown.window.sign_in
    assert card.forgot_button.isVisible()
    for email, offered in (("jane@firm.example", False), ("sofia.marques@lima-survey.example", True)):
        card.start_with(email)
        shown.until(lambda: card.stack.currentIndex() == 1)
        card.browser.cancel.click()
        assert card.forgot_button.isVisible() is offered
        assert card.email.text == email
        QTest.keyClicks(card.email.edit, "x")
        assert card.forgot_button.isVisible()


def test_another_device_shows_code_and_picture_and_signs_in(show: Show, tmp_path: Path) -> None:
    shown = in_the_browser(show)
    card = shown.window.sign_in
    card.browser.other.click()
    shown.until(lambda: card.stack.currentIndex() == 2)
    browser, device = shown.world.sign_in.attempts
    assert browser.done.is_set()
    assert card.device.code.text() == "WLKD-KWJT"
    assert "http://127.0.0.1:8000/identity/o/device" in card.device.text.text()
    card.device.picture.grab().save(str(tmp_path / "code.png"))
    read = ["zbarimg", "--quiet", "--raw", str(tmp_path / "code.png")]
    seen = subprocess.run(read, capture_output=True, check=True, text=True).stdout
    assert seen.strip() == "http://127.0.0.1:8000/identity/o/device?code=WLKD-KWJT"
    device.done.set()
    shown.until(lambda: shown.window.pages.currentWidget() is shown.window.applications)


def test_another_device_can_be_given_up_and_may_not_be_offered(show: Show) -> None:
    shown = in_the_browser(show)
    card = shown.window.sign_in
    card.browser.other.click()
    shown.until(lambda: card.stack.currentIndex() == 2)
    card.device.cancel.click()
    shown.until(shown.world.sign_in.attempts[1].done.is_set)
    assert card.stack.currentIndex() == 0

    card.go_on.click()
    shown.until(lambda: card.stack.currentIndex() == 1)
    shown.world.sign_in.refusing = SignInRefused(reason="the provider offers no sign-in with another device")
    card.browser.other.click()
    shown.until(card.email.problem.isVisible)
    assert "offers no sign-in with another device" in card.email.problem.text()
    assert card.email.text == ADDRESS


def test_an_outage_is_told_below_the_field_and_the_address_kept(show: Show) -> None:
    shown = signed_out(show)
    shown.world.sign_in.refusing = CenterUnreachable(host="center.example", reason="refused")
    card = shown.window.sign_in
    card.start_with("sofia.marques@lima-survey.example")
    shown.until(card.email.problem.isVisible)
    assert card.email.problem.text().startswith("center.example cannot be reached")
    assert card.email.text == "sofia.marques@lima-survey.example"
    assert card.go_on.isEnabled()


def test_an_ended_session_asks_calmly_and_keeps_lists_and_address(show: Show) -> None:
    shown = show()
    ended = SessionState(SessionStatus.ENDED, SOFIA, SOFIA.email, problem=SessionEnded(email=SOFIA.email))
    shown.world.session.become(ended)
    shown.until(shown.window.applications.notice.isVisible)
    assert shown.row("Mesh Viewer SES").isVisible()
    named(shown.window.applications.notice, "Sign in").click()  # type: ignore[attr-defined]
    assert shown.window.sign_in.email.text == SOFIA.email


def test_registering_opens_the_center(show: Show) -> None:
    shown = signed_out(show)
    shown.window.sign_in.register_button.click()
    shown.until(lambda: shown.world.opened == ["http://127.0.0.1:8000/register/"])


def test_what_the_organisation_set_before_stands_on_the_card(show: Show) -> None:
    world = sample(SIGNED_OUT)
    world.rooms.settings.set(ORGANISATION, "Lima Survey")
    world.rooms.settings.set(EMAIL_DOMAIN, "lima-survey.example")
    world.rooms.settings.set(ISSUER, "https://login.lima-survey.example")
    shown = show(world)
    shown.until(lambda: shown.window.pages.currentWidget() is shown.window.sign_in)
    card = shown.window.sign_in
    assert card.advice.text() == "Use the address that Lima Survey knows."
    assert card.email.edit.placeholderText() == "name@lima-survey.example"
    assert not card.forgot_button.isVisible()  # passwords belong to the organisation's provider
    QTest.keyClicks(card.email.edit, "sofia.marques")
    assert not card.forgot_button.isVisible()
    QTest.keyClick(card.email.edit, Qt.Key.Key_Return)
    assert card.email.text == "sofia.marques@lima-survey.example"
    shown.until(lambda: card.stack.currentIndex() == 1)


def test_leaving_the_field_completes_the_address(show: Show) -> None:
    shown = signed_out(show)
    card = shown.window.sign_in
    shown.world.rooms.settings.set(EMAIL_DOMAIN, "lima-survey.example")
    shown.window.activateWindow()
    shown.until(card.email.edit.hasFocus)
    QTest.keyClicks(card.email.edit, "sofia.marques")
    QTest.keyClick(card.email.edit, Qt.Key.Key_Tab)
    assert card.email.text == "sofia.marques@lima-survey.example"

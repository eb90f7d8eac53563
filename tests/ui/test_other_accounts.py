# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Several accounts on one computer, and several computers of one account, from the place You."""

from dataclasses import replace

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from connection_client.domain.errors import CenterUnreachable
from connection_client.ui.pages.devices_card import DevicesCard
from connection_client.ui.pages.other_accounts import OtherAccountsCard
from connection_client.ui.widgets.parts import Button
from tests.ui.conftest import Show, Shown, named
from tests.world.sample_products import SOFIA
from tests.world.sample_rooms import sample

BEN = replace(SOFIA, subject="another-person", email="ben@lima-survey.example", name="Ben Costa")


def you(show: Show) -> Shown:
    world = sample()
    world.accounts.others = (BEN,)
    shown = show(world)
    shown.window.show_place("you")
    shown.until(lambda: "Ben Costa" in texts(shown))
    return shown


def texts(shown: Shown) -> list[str]:
    return [label.text() for label in shown.window.you.findChildren(QLabel) if label.isVisible()]


def press(shown: Shown, text: str, email: str) -> None:
    (button,) = [
        button
        for button in shown.window.you.findChildren(Button)
        if button.accessibleName() == text and button.accessibleDescription() == email
    ]
    button.click()


def test_another_account_is_used_without_a_password(show: Show) -> None:
    shown = you(show)
    press(shown, "Use", BEN.email)
    shown.until(lambda: shown.desk.session.account == BEN)
    shown.until(lambda: SOFIA.name in texts(shown) and BEN.email in texts(shown))


def test_another_account_is_signed_out(show: Show) -> None:
    shown = you(show)
    press(shown, "Sign out", BEN.email)
    shown.until(lambda: "Nobody else is signed in on this computer." in texts(shown))
    assert shown.desk.session.account == SOFIA


def test_an_account_is_added_while_the_present_one_stays(show: Show) -> None:
    shown = you(show)
    card = shown.window.you.findChild(OtherAccountsCard)
    assert isinstance(card, OtherAccountsCard)
    card.add.click()
    sign_in = shown.window.sign_in
    assert shown.window.pages.currentWidget() is sign_in
    assert sign_in.email.text == ""
    # News about the present account does not push the person away.
    shown.world.session.become(replace(shown.world.session.state, offline=True))
    shown.until(lambda: shown.desk.session.offline)
    assert shown.window.pages.currentWidget() is sign_in

    named(sign_in, f"Stay with {SOFIA.email}").click()  # type: ignore[attr-defined]
    assert shown.window.pages.currentWidget() is shown.window.you
    card = shown.window.you.findChild(OtherAccountsCard)
    assert isinstance(card, OtherAccountsCard)
    card.add.click()
    QTest.keyClicks(sign_in.email.edit, BEN.email)
    sign_in.go_on.click()
    shown.until(lambda: sign_in.stack.currentIndex() == 1)
    shown.world.accounts.switch(BEN)
    shown.until(lambda: shown.window.pages.currentWidget() is shown.window.applications)
    assert not sign_in.keep.isVisibleTo(sign_in)


def test_computers_are_shown_when_asked_for_and_signed_out(show: Show) -> None:
    shown = you(show)
    card = shown.window.you.findChild(DevicesCard)
    assert isinstance(card, DevicesCard)
    assert shown.world.devices.asked == 0
    card.look.click()
    shown.until(lambda: {"office-7", "This computer", "old-laptop"} <= set(texts(shown)))
    press(shown, "Sign out", "old-laptop")
    shown.until(lambda: "old-laptop" not in texts(shown))
    assert [device.name for device in shown.world.devices.devices] == ["office-7"]

    shown.world.devices.refusing = CenterUnreachable(host="center.example", reason="refused")
    card.look.click()
    shown.until(lambda: any(text.startswith("center.example cannot be reached") for text in texts(shown)))

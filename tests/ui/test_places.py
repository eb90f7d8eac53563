# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Updates, You, Help and Settings."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSpinBox, QWidget

from connection_client.domain.accounts import Keeping, Membership
from connection_client.domain.errors import FolderNotWritable, ProxyWantsPassword
from connection_client.domain.proxies import ProxyLogin
from connection_client.domain.settings import CENTER_URL, THEME
from connection_client.domain.update_settings import CHECK_HOURS
from connection_client.ui.appearance import Appearance
from connection_client.ui.theme import tokens_now
from connection_client.ui.tokens import DARK, LIGHT
from connection_client.ui.words import from_to
from connection_client.workspace.view import View
from tests.ui.conftest import Show, Shown, named
from tests.world.sample_products import NOW, SOFIA, sample_rows
from tests.world.sample_rooms import SIGNED_IN


def texts(shown: Shown) -> list[str]:
    page = shown.window.pages.currentWidget()
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def click(shown: Shown, name: str, within: QWidget | None = None) -> None:
    QTest.mouseClick(named(within or shown.window, name), Qt.MouseButton.LeftButton)


# ---- Updates -----------------------------------------------------------------------------------------
def test_updates_are_counted_and_summed_up(show: Show) -> None:
    shown = show()
    shown.window.show_place("updates")
    assert "2 updates, 923 MB in all" in texts(shown)
    assert f"{from_to('10.1.0.12', '10.2.0.7')}  ·  312 MB" in texts(shown)
    assert shown.window.buttons["updates"].accessibleDescription() == "2 wait"


def test_update_all_brings_everything_up_to_date(show: Show) -> None:
    shown = show()
    shown.window.show_place("updates")
    click(shown, "Update all")
    shown.until(lambda: not shown.desk.updates)
    assert "Everything is up to date" in texts(shown)
    assert shown.window.buttons["updates"].accessibleDescription() == ""


def test_a_running_update_can_be_paused_and_resumed_here(show: Show) -> None:
    shown = show()
    shown.world.workspace.stepwise = True
    shown.window.show_place("updates")
    shown.row("Survey Viewer SES").act.click()
    shown.until(lambda: shown.row("Survey Viewer SES").act.text() == "Pause")
    for _ in range(3):
        shown.world.workspace.go_on.release()
    shown.until(lambda: "Downloading" in shown.state("Survey Viewer SES"))
    assert "1 installation under way" in texts(shown)
    shown.row("Survey Viewer SES").act.click()
    shown.world.workspace.go_on.release()
    shown.until(lambda: shown.state("Survey Viewer SES").startswith("Paused, "))
    assert shown.row("Survey Viewer SES").act.text() == "Resume"


# ---- You ---------------------------------------------------------------------------------------------
def test_you_tells_account_organisation_roles_and_administrators(show: Show) -> None:
    shown = show()
    shown.window.show_place("you")
    assert {
        "Sofia Marques",
        SOFIA.email,
        "Lima Survey",
        "Portugal",
        "You may download products",
        "Ana Lima",
    } <= set(texts(shown))
    assert any(text.startswith("Works offline until ") for text in texts(shown))
    click(shown, "Write")
    shown.until(lambda: shown.world.opened == ["mailto:ana@lima-survey.example"])


def test_waiting_for_approval_is_a_state_and_no_key_store_is_said(show: Show) -> None:
    shown = show()
    account = replace(SOFIA, membership=Membership.WAITING, roles=())
    shown.world.session.become(replace(SIGNED_IN, account=account, keeping=Keeping.MEMORY))
    shown.window.show_place("you")
    shown.until(lambda: "You may not download products yet" in texts(shown))
    assert any(text.startswith("Lima Survey has to confirm that you belong to it.") for text in texts(shown))
    assert any("has no key store" in text for text in texts(shown))


def test_signing_out_leads_to_the_card_with_the_address(show: Show) -> None:
    shown = show()
    shown.window.show_place("you")
    click(shown, "Sign out")
    shown.until(lambda: shown.window.pages.currentWidget() is shown.window.sign_in)
    assert shown.window.sign_in.email.text == SOFIA.email


# ---- Help --------------------------------------------------------------------------------------------
def test_a_service_request_names_product_and_version(show: Show) -> None:
    shown = show()
    shown.window.show_place("help")
    box = named(shown.window, "Application")
    assert isinstance(box, QComboBox)
    box.setCurrentText("Survey Viewer SES 10.1.0.12")
    click(shown, "Request service")
    shown.until(lambda: bool(shown.world.opened))
    assert shown.world.opened == [
        "http://127.0.0.1:8000/support/new/?product=survey-viewer&version=10.1.0.12"
    ]


def test_the_forum_and_the_ways_in_open_in_the_browser(show: Show) -> None:
    shown = show()
    shown.window.show_place("help")
    for name in ("Open the forum", "How are you CONNECTED?", "Register"):
        named(shown.window, name).click()  # type: ignore[attr-defined]
    shown.until(lambda: len(shown.world.opened) == 3)
    assert {address.rsplit("/", 2)[1] for address in shown.world.opened} == {
        "community",
        "connected",
        "register",
    }


# ---- Settings ----------------------------------------------------------------------------------------
def test_a_setting_is_kept_at_once(show: Show) -> None:
    shown = show()
    shown.window.show_place("settings")
    hours = named(shown.window, "Hours between checks")
    assert isinstance(hours, QSpinBox)
    hours.setValue(12)
    shown.until(lambda: shown.world.settings.get(CHECK_HOURS) == 12)


def test_a_value_that_does_not_fit_is_told_below_it(show: Show) -> None:
    shown = show()
    shown.window.show_place("settings")
    hours = named(shown.window, "Hours between checks")
    assert isinstance(hours, QSpinBox)
    hours.setValue(1000)
    shown.until(lambda: any("168" in text for text in texts(shown)))
    assert shown.world.settings.get(CHECK_HOURS) == CHECK_HOURS.default


def test_what_the_organisation_manages_is_locked_and_says_so(show: Show) -> None:
    shown = show()
    shown.window.show_place("settings")
    field = named(shown.window, "CONNECT Center")
    assert not field.isEnabled()
    assert field.accessibleDescription() == "Managed by your organisation"
    assert "Managed by your organisation" in texts(shown)
    assert shown.world.settings.locked(CENTER_URL)


def test_the_look_changes_while_the_window_is_open(show: Show, qapp: QApplication) -> None:
    shown = show()
    appearance = Appearance(qapp, "light", 1.0)
    shown.window.setting_changed.connect(
        lambda key: appearance.wear(str(shown.world.settings.get(THEME))) if key == THEME.key else None
    )
    assert tokens_now() == LIGHT
    before = shown.window.grab().toImage().pixelColor(300, 20)
    shown.window.show_place("settings")
    look = named(shown.window, "Appearance")
    assert isinstance(look, QComboBox)
    look.activated.emit(look.findText("Dark"))
    shown.until(lambda: tokens_now() == DARK)
    after = shown.window.grab().toImage().pixelColor(300, 20)
    appearance.wear("light")
    assert before.lightness() > 200
    assert after.lightness() < 60


def test_settings_that_cannot_be_written_say_so(show: Show) -> None:
    shown = show()

    def refuse(_setting: object, _value: object) -> None:
        raise FolderNotWritable(path="/home/sofia/.config", reason="read-only")

    shown.world.settings.set = refuse  # type: ignore[assignment,method-assign]
    shown.window.show_place("settings")
    named(shown.window, "Start with the session").click()  # type: ignore[attr-defined]
    shown.until(lambda: any("Nothing can be written to /home/sofia/.config" in text for text in texts(shown)))


def test_a_proxy_that_asks_gets_its_name_and_password(show: Show) -> None:
    shown = show()
    shown.window.show_place("settings")
    assert not shown.window.settings.proxy_login.isVisible()
    shown.world.workspace.show(View(sample_rows(), NOW, ProxyWantsPassword(host="proxy.example:3128")))
    form = shown.window.settings.proxy_login
    shown.until(form.isVisible)
    form.name.edit.setText("sofia")
    form.password.edit.setText("wide-river-19")
    form.keep.click()
    shown.until(form.said.isVisible)
    assert shown.world.proxy_logins.of("proxy.example:3128") == ProxyLogin("sofia", "wide-river-19")
    assert form.said.text().startswith("Kept until CONNECTION Client is quit")
    assert form.password.text == ""

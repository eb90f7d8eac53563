# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The sign-in card: an address, then the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from connection_client.domain.accounts import looks_like_address
from connection_client.domain.errors import AddressNotReadable, SignInCancelled
from connection_client.domain.language import _
from connection_client.ui.pages.address_field import AddressField
from connection_client.ui.pages.browser_card import BrowserCard
from connection_client.ui.pages.device_card import DeviceCard
from connection_client.ui.theme import step
from connection_client.ui.widgets.notice import Notice
from connection_client.ui.widgets.page import scrolled_card
from connection_client.ui.widgets.parts import Button, Picture, box, column, label, line
from connection_client.ui.words import problem_text

if TYPE_CHECKING:
    from connection_client.domain.accounts import Realm
    from connection_client.identity.device import DeviceAttempt
    from connection_client.identity.sign_in import BrowserAttempt
    from connection_client.ui.desk import Desk


class SignInPage(QWidget):
    """Keeps what was typed whatever happens."""

    forgot = Signal(str)
    kept = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("content")
        self._desk = desk
        self._attempt: BrowserAttempt | None = None
        self._device: DeviceAttempt | None = None
        self._realm: Realm | None = None
        self._present = ""
        desk.session_changed.connect(self._on_session)
        self._number = 0  # answers to an attempt that was cancelled are not for us any more
        self.notice = Notice()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._address_card())
        self.browser = BrowserCard(
            again=self._open_again, copy=self._copy, other=self._use_another_device, cancel=self._cancel
        )
        self.stack.addWidget(scrolled_card(column(self.browser, margins=(0, 0, 0, 0))))
        self.device = DeviceCard(self._cancel)
        self.stack.addWidget(scrolled_card(column(self.device, margins=(0, 0, 0, 0))))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(step(24), step(20), step(24), step(16))
        layout.addWidget(self.notice)
        layout.addWidget(self.stack, 1)

    def shown(self) -> None:
        """Fill in the known address, and put the cursor where it is needed."""
        self._take_presets()
        self._on_session()
        self.email.setFocus()

    def _on_session(self) -> None:
        # Said calmly: why a new sign-in is wanted.
        text = problem_text(self._desk.session.problem)
        self.notice.say(text, "warning") if text else self.notice.hide()
        if self._present:
            return
        if not self.email.text and self._desk.session.email:
            self.email.edit.setText(self._desk.session.email)
        if self._desk.signed_in:
            self._show(0)

    def adding(self, *, present: str) -> None:
        """Ask for one more account, while `present` stays signed in; "" ends that."""
        self._present = present
        self.keep.setVisible(bool(present))
        self.keep.set_text(_("Stay with {email}").format(email=present))
        self.give_up()
        self._show(0)
        if present:
            self.email.edit.clear()

    def start_with(self, email: str) -> None:
        """Go on with this address, as after a password was created."""
        self.email.edit.setText(email)
        self._continue()

    def _address_card(self) -> QWidget:
        self.email = AddressField(self._desk.rooms.settings)
        self.email.edit.returnPressed.connect(self._continue)
        self.go_on = Button(_("Continue"), self._continue, kind="primary")
        self.forgot_button = Button(_("Forgot your password?"), self._forgot, kind="link")
        self.email.edit.textEdited.connect(lambda _text: self._offer_reset())  # maybe another domain
        self.register_button = Button(_("New here? Register"), self._register, kind="link")
        heading = label(_("Sign in to start"), "title", wrap=False)
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.advice = label("", "secondary")
        self.advice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        lines = (_mark(), 4, heading, self.advice, 8, self.email, 4, self.go_on, 4)
        inside = column(*lines, space=8, margins=(28, 28, 28, 16))
        self.keep = Button("", self.kept.emit, kind="link")
        self.keep.hide()
        for link in (self.forgot_button, self.register_button, self.keep):
            inside.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
        card = scrolled_card(inside)
        self._take_presets()  # shown before it has a parent, a button would be a window for a moment
        return card

    def _take_presets(self) -> None:
        """What the organisation decided before the first sign-in."""
        self.email.take_presets()
        self.advice.setText(self.email.advice)
        self._offer_reset()

    def _offer_reset(self) -> None:
        self.forgot_button.setVisible(self.email.may_have_password_here)

    def _show(self, index: int) -> None:
        if self.stack.currentIndex() != index:
            self.stack.setCurrentIndex(index)
            (self.email, self.browser.again, self.device.cancel)[index].setFocus()

    def _continue(self) -> None:
        if not self.go_on.isEnabled():
            return
        self.email.complete()
        if not looks_like_address(self.email.text):
            self.email.show_problem(problem_text(AddressNotReadable()))
            self.email.setFocus()
            return
        self.email.show_problem("")
        self._number += 1
        number, email = self._number, self.email.text
        self._busy(busy=True)

        def job() -> tuple[int, Realm, BrowserAttempt]:
            realm = self._desk.rooms.sign_in.discover(email)
            return number, realm, self._desk.rooms.sign_in.start(realm)

        self._desk.background.run(job, self._on_started, lambda error: self._on_error(number, error))

    def _busy(self, *, busy: bool) -> None:
        self.go_on.setEnabled(not busy)
        self.go_on.set_text(_("Looking up your organisation") if busy else _("Continue"))

    def _on_started(self, started: tuple[int, Realm, BrowserAttempt]) -> None:
        number, realm, attempt = started
        self._busy(busy=False)
        if number != self._number:
            self._desk.background.run(attempt.cancel)
            return
        self._attempt, self._realm = attempt, realm
        self.forgot_button.setVisible(realm.can_reset_password and not realm.federated)
        self.browser.show_attempt(realm.email, opened=attempt.opened)
        self._show(1)
        self._desk.background.run(
            attempt.wait,
            lambda _account: self._on_signed_in(number),
            lambda error: self._on_error(number, error),
        )

    def _on_signed_in(self, number: int) -> None:
        if number == self._number:
            self._attempt = self._device = None
            self._show(0)

    def _use_another_device(self) -> None:
        realm = self._realm
        if realm is None:
            return
        self.give_up()
        number = self._number

        def started(attempt: DeviceAttempt) -> None:
            if number != self._number:
                self._desk.background.run(attempt.cancel)
                return
            self._device = attempt
            self.device.show_attempt(attempt)
            self._show(2)
            self._desk.background.run(
                attempt.wait,
                lambda _account: self._on_signed_in(number),
                lambda error: self._on_error(number, error),
            )

        self._desk.background.run(
            lambda: self._desk.rooms.sign_in.start_device(realm),
            started,
            lambda error: self._on_error(number, error),
        )

    def _on_error(self, number: int, error: Exception) -> None:
        if number != self._number:
            return
        self._attempt = self._device = None
        self._busy(busy=False)
        self._show(0)
        self.email.show_problem("" if isinstance(error, SignInCancelled) else problem_text(error))
        self.email.setFocus()

    def _open_again(self) -> None:
        if self._attempt is not None:
            self._desk.background.run(self._attempt.open_again)

    def _copy(self) -> None:
        if self._attempt is not None:
            QGuiApplication.clipboard().setText(self._attempt.url)
            self.browser.show_copied()

    def _cancel(self) -> None:
        self.give_up()
        self._show(0)

    def give_up(self) -> None:
        """What is under way is given up; its late answers find another number."""
        self._number += 1
        for attempt in (self._attempt, self._device):
            if attempt is not None:
                self._desk.background.run(attempt.cancel)
        self._attempt = self._device = None

    def _forgot(self) -> None:
        self.email.complete()
        self.forgot.emit(self.email.text)

    def _register(self) -> None:
        self._desk.open_link(lambda: self._desk.rooms.help.links().register)


def _mark() -> QWidget:
    return box(line(-1, Picture("connection-client", "accent", 56), -1))

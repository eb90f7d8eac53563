# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The card behind "Forgot your password": an address, the mailed code, a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from connection_client.domain.accounts import looks_like_address
from connection_client.domain.errors import AddressNotReadable, CodeNotAccepted
from connection_client.domain.language import _, ngettext
from connection_client.ui.theme import step
from connection_client.ui.widgets.field import Field
from connection_client.ui.widgets.page import scrolled_card
from connection_client.ui.widgets.parts import Button, Picture, box, clear, column, label, line
from connection_client.ui.words import problem_text

if TYPE_CHECKING:
    from connection_client.identity.password import PasswordRules, ResetRequest
    from connection_client.ui.desk import Desk

_ADDRESS, _CODE, _PASSWORD, _DONE = range(4)


class PasswordPage(QWidget):
    """One flow for creating and for changing a password; each step keeps what was typed in it."""

    finished = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("content")
        self._desk = desk
        self._request: ResetRequest | None = None
        self._minimum = 0
        self._wait_seconds = 0
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self.stack = QStackedWidget()
        for made in (self._address_card(), self._code_card(), self._password_card(), self._done_card()):
            self.stack.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(step(24), step(20), step(24), step(16))
        layout.addWidget(self.stack)

    def start_with(self, email: str) -> None:
        """Begin anew for this address."""
        if email:
            self.email.edit.setText(email)
        for field in (self.code, self.password):
            field.edit.clear()
            field.show_problem("")
        self._show(_ADDRESS)

    def _address_card(self) -> QWidget:
        self.email = Field(_("E-mail address"), placeholder=_("name@organisation.com"))
        self.email.edit.returnPressed.connect(self._send)
        self.send = Button(_("Send code"), self._send, kind="primary")
        text = _(
            "A code comes to your address by mail. With it you create a password, the first one or a new one."
        )
        back = Button(_("Back to sign-in"), self.left.emit, kind="link")
        return _step_card(
            "key", _("Create your password"), label(text, "secondary"), self.email, self.send, back
        )

    def _code_card(self) -> QWidget:
        self.code_text = label("", "secondary")
        self.code = Field(_("Code"), placeholder=_("From the mail"))
        self.code.edit.returnPressed.connect(self._check)
        self.check = Button(_("Continue"), self._check, kind="primary")
        self.resend = Button(_("Send a new code"), self._send, kind="link")
        other = Button(_("Use another address"), lambda: self._show(_ADDRESS), kind="link")
        return _step_card(
            "mail", _("Look into your mail"), self.code_text, self.code, self.check, self.resend, other
        )

    def _password_card(self) -> QWidget:
        self.password = Field(_("New password"), secret=True)
        self.password.edit.returnPressed.connect(self._set)
        self.password.edit.textChanged.connect(self._check_rules)
        self.create_button = Button(_("Create password"), self._set, kind="primary")
        self.rules = QVBoxLayout()
        self.rules.setSpacing(step(4))
        self.rules.setContentsMargins(0, 0, 0, 0)
        self._length_icon = Picture("circle", "secondary", 16)
        self._length_text = label("", "small")
        rules = box(self.rules)
        back = Button(_("Use another code"), lambda: self._show(_CODE), kind="link")
        return _step_card("key", _("Choose a password"), self.password, rules, self.create_button, back)

    def _done_card(self) -> QWidget:
        self.done_text = label("", "secondary")
        self.sign_in = Button(_("Continue"), self._finish, kind="primary")
        return _step_card("done", _("Password created"), self.done_text, self.sign_in)

    def _show(self, index: int) -> None:
        self.stack.setCurrentIndex(index)
        focus = (self.email, self.code, self.password, self.sign_in)[index]
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        if index == _CODE and self._wait_seconds:
            self._clock.start()
        else:
            self._clock.stop()

    def _send(self) -> None:
        email = self.email.text
        if not looks_like_address(email):
            self.email.show_problem(problem_text(AddressNotReadable()))
            return
        self.send.setEnabled(False)
        self.resend.setEnabled(False)
        job = self._desk.rooms.password.request
        self._desk.background.run(lambda: job(email), self._on_sent, self._on_not_sent)

    def _on_sent(self, request: ResetRequest) -> None:
        self._request = request
        self.send.setEnabled(True)
        text = _(
            "If {email} is registered, a code is on its way to it. "
            "That can take a minute; look among unwanted mail too."
        )
        self.code_text.setText(text.format(email=request.email))
        self.code.show_problem("")
        self._wait_seconds = request.resend_after_seconds
        self._show(_CODE)
        self._tick(passed=0)
        self._desk.background.run(self._desk.rooms.password.rules, self._on_rules)

    def _on_not_sent(self, error: Exception) -> None:
        self.send.setEnabled(True)
        self.resend.setEnabled(True)
        shown = self.email if self.stack.currentIndex() == _ADDRESS else self.code
        shown.show_problem(problem_text(error))

    def _tick(self, passed: int = 1) -> None:
        self._wait_seconds = max(self._wait_seconds - passed, 0)
        self.resend.setEnabled(not self._wait_seconds)
        if self._wait_seconds:
            self.resend.set_text(_("Send a new code in {count} s").format(count=self._wait_seconds))
        else:
            self._clock.stop()
            self.resend.set_text(_("Send a new code"))

    def _check(self) -> None:
        request, code = self._request, self.code.text.strip()
        if request is None or not code:
            self.code.show_problem(_("Type the code from the mail."))
            return
        self.check.setEnabled(False)
        job = self._desk.rooms.password.check
        self._desk.background.run(lambda: job(request, code), self._on_checked, self._on_not_checked)

    def _on_checked(self, _nothing: None) -> None:
        self.check.setEnabled(True)
        self._check_rules()
        self._show(_PASSWORD)

    def _on_not_checked(self, error: Exception) -> None:
        self.check.setEnabled(True)
        self.code.show_problem(problem_text(error))
        self.code.setFocus()

    def _on_rules(self, rules: PasswordRules) -> None:
        clear(self.rules)
        self._minimum = rules.minimum_length
        text = ngettext("At least {count} character", "At least {count} characters", rules.minimum_length)
        self._length_icon, self._length_text = (
            Picture("circle", "secondary", 16),
            label(text.format(count=rules.minimum_length), "small"),
        )
        self.rules.addWidget(box(line(self._length_icon, self._length_text)))
        for sentence in rules.sentences:
            self.rules.addWidget(box(line(Picture("dot", "secondary", 16), label(sentence, "small"))))
        self._check_rules()

    def _check_rules(self) -> None:
        enough = len(self.password.text) >= self._minimum
        self._length_icon.set_picture("done" if enough else "circle", "accent" if enough else "secondary")
        self.create_button.setEnabled(enough and bool(self.password.text))

    def _set(self) -> None:
        request, code, password = self._request, self.code.text.strip(), self.password.text
        if request is None or not self.create_button.isEnabled():
            return
        self.create_button.setEnabled(False)
        job = self._desk.rooms.password.set
        self._desk.background.run(lambda: job(request, code, password), self._on_set, self._on_not_set)

    def _on_set(self, _nothing: None) -> None:
        self.password.edit.clear()
        self.code.edit.clear()
        self.done_text.setText(
            _("The new password for {email} holds from now on. Continue to sign in.").format(
                email=self.email.text
            )
        )
        self._show(_DONE)

    def _on_not_set(self, error: Exception) -> None:
        self.create_button.setEnabled(True)
        if isinstance(error, CodeNotAccepted):
            self.code.show_problem(problem_text(error))
            self._show(_CODE)
        else:
            self.password.show_problem(problem_text(error))

    def _finish(self) -> None:
        self.finished.emit(self.email.text)


def _step_card(picture: str, heading: str, *items: QWidget) -> QWidget:
    title = label(heading, "heading")
    title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    inside = column(box(line(-1, Picture(picture, "accent", 40), -1)), 4, title, margins=(28, 28, 28, 16))
    for item in items:
        if isinstance(item, QLabel):
            item.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if item.property("kind") == "link":
            inside.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            inside.addWidget(item)
            inside.addSpacing(step(4))
    return scrolled_card(inside)

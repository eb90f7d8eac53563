# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What stands in the place of You: the account, the sign-in, a new password, or another account's sign-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from connection_client.domain.accounts import SessionStatus
from connection_client.ui.pages.password import PasswordPage
from connection_client.ui.pages.sign_in import SignInPage
from connection_client.ui.pages.you import YouPage

if TYPE_CHECKING:
    from connection_client.ui.desk import Desk


class AccountPlaces:
    """Pages are built when they are wanted; `add` takes a new one, `show` brings You up."""

    def __init__(self, desk: Desk, add: Callable[[QWidget], object], show: Callable[[], None]) -> None:
        self._desk, self._add, self._show = desk, add, show
        self._resetting = False
        self._adding_to = ""  # the account that stays while another one is added

    @cached_property
    def sign_in(self) -> SignInPage:
        """What stands there while nobody is signed in."""
        page = SignInPage(self._desk)
        self._add(page)
        page.forgot.connect(self._forgot)
        page.kept.connect(self._keep_account)
        return page

    @cached_property
    def password(self) -> PasswordPage:
        """What "Forgot your password" opens."""
        page = PasswordPage(self._desk)
        self._add(page)
        page.left.connect(self._leave_password)
        page.finished.connect(self._password_created)
        return page

    @cached_property
    def you(self) -> YouPage:
        """The account."""
        page = YouPage(self._desk)
        self._add(page)
        page.add_wanted.connect(self._add_account)
        return page

    def current(self) -> QWidget:
        """The page that is to be shown now."""
        session = self._desk.session
        has_account = session.account is not None and session.status is not SessionStatus.ENDED
        if self._adding_to or not has_account:
            return self.password if self._resetting else self.sign_in
        return self.you

    def waits_for_another(self) -> bool:
        """Whether news are about the present account, while another one is being added."""
        return bool(self._adding_to) and self._who() == self._adding_to

    def arrive(self) -> None:
        """Somebody has signed in: the cards are put away."""
        self._resetting, self._adding_to = False, ""
        self.sign_in.adding(present="")

    def forget(self) -> None:
        """A sign-in that waits for the browser is given up."""
        if "sign_in" in self.__dict__:  # it was built
            self.sign_in.give_up()

    def _who(self) -> str:
        account = self._desk.session.account
        return f"{account.issuer} {account.subject}" if account and self._desk.signed_in else ""

    def _add_account(self) -> None:
        account = self._desk.session.account
        self._adding_to = self._who()
        self.sign_in.adding(present=account.email if account else "")
        self._show()

    def _keep_account(self) -> None:
        self._adding_to = ""
        self.sign_in.adding(present="")
        self._show()

    def _forgot(self, email: str) -> None:
        self._resetting = True
        self.password.start_with(email)
        self._show()

    def _leave_password(self) -> None:
        self._resetting = False
        self._show()

    def _password_created(self, email: str) -> None:
        self._resetting = False
        self._show()
        self.sign_in.start_with(email)

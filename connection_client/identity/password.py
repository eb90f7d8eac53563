# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Create or reset the password in the client: one flow, a mailed code, the same answer for everybody."""

from dataclasses import dataclass, field
from typing import Protocol

from connection_client.domain.accounts import looks_like_address
from connection_client.domain.errors import AddressNotReadable


@dataclass(frozen=True)
class PasswordRules:
    """What a new password has to be, in the Center's own sentences."""

    minimum_length: int
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ResetRequest:
    """A code is on its way, if the address has an account; nobody is told whether it has."""

    email: str
    resend_after_seconds: int
    token: str = field(repr=False)


class PasswordCenter(Protocol):
    """The Center's side; every call may raise NetworkError and TooManyTries."""

    def password_rules(self) -> PasswordRules:
        """The rules that hold now."""
        ...

    def request_reset(self, email: str) -> ResetRequest:
        """Send a code."""
        ...

    def check_reset(self, request: ResetRequest, code: str) -> None:
        """Whether the code fits; raises CodeNotAccepted."""
        ...

    def set_password(self, request: ResetRequest, code: str, password: str) -> None:
        """Set it; raises CodeNotAccepted, PasswordNotAccepted."""
        ...


class PasswordReset:
    """Each step may be repeated; nothing is kept between them but the request."""

    def __init__(self, center: PasswordCenter) -> None:
        self._center = center

    def rules(self) -> PasswordRules:
        """The rules to show while typing; raises NetworkError."""
        return self._center.password_rules()

    def request(self, email: str) -> ResetRequest:
        """Have a code sent; raises AddressNotReadable, TooManyTries, NetworkError."""
        if not looks_like_address(email):
            raise AddressNotReadable
        return self._center.request_reset(email.strip())

    def check(self, request: ResetRequest, code: str) -> None:
        """Whether the code fits, before a password is typed; raises CodeNotAccepted, TooManyTries."""
        self._center.check_reset(request, _tidy(code))

    def set(self, request: ResetRequest, code: str, password: str) -> None:
        """Set the password; raises CodeNotAccepted, PasswordNotAccepted, TooManyTries, NetworkError."""
        self._center.set_password(request, _tidy(code), password)


def _tidy(code: str) -> str:
    """The code as it was sent, whatever a mail program wrapped around it."""
    return "".join(code.split())

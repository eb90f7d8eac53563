# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""allauth's forms in our words."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.account.forms import (
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    SignupForm,
)
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

ADDRESS = _("E-mail address")


def hinted_address(request: HttpRequest) -> str:
    """The `login_hint` of the OpenID request that waits behind the sign-in page, where it is an address."""
    waiting = request.GET.get(REDIRECT_FIELD_NAME, "")
    hint = parse_qs(urlsplit(waiting).query).get("login_hint", [""])[0]
    try:
        validate_email(hint)
    except ValidationError:
        return ""
    return hint


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth gives no types
    """Address and password; the address is filled in where the client already asked for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address, password = self.fields["login"], self.fields["password"]
        address.label = ADDRESS
        password.help_text = format_html(
            '<a href="{}">{}</a>', reverse("account_reset_password"), _("Forgot your password?")
        )
        for field in (address, password):
            field.widget.attrs.pop("placeholder", None)
        hint = hinted_address(self.request) if self.request else ""
        if hint:
            self.initial["login"] = hint
        (password if hint else address).widget.attrs["autofocus"] = True


class CodeRequestForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth gives no types
    """A sign-in without a password: only the address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS
        self.fields["email"].widget.attrs.pop("placeholder", None)


class RegisterForm(SignupForm):  # type: ignore[misc]  # allauth gives no types
    """Individual registration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS
        for name in ("email", "password1"):
            self.fields[name].widget.attrs.pop("placeholder", None)


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]  # allauth gives no types
    """The address to which a code is mailed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS
        self.fields["email"].widget.attrs.pop("placeholder", None)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the client asks before anybody is signed in."""

from allauth.idp.oidc.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
    password_validators_help_texts,
)
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from ninja import Router, Schema

from connect_center.accounts.devices_api import router as devices
from connect_center.organisations.federation import federated_domain
from connect_center.problems import Problem

router = Router(tags=["accounts"])
router.add_router("", devices)


class Address(Schema):
    email: str


class Realm(Schema):
    issuer: str
    federated: bool
    password_reset: bool
    organisation: str


class PasswordRules(Schema):
    minimum_length: int
    sentences: list[str]


@router.post("/discovery", response=Realm)
def discovery(request: HttpRequest, address: Address) -> Realm:  # noqa: ARG001  # ninja wants it by name
    """Which OpenID issuer serves this address. The answer never tells whether the address is known.

    Where the organisation has an identity provider of its own (`federated`), the issuer stays the Center,
    whose tokens the API takes: its sign-in page hands the browser on, and there is no password to reset.
    """
    try:
        validate_email(address.email.strip())
    except ValidationError:
        raise Problem(422, "This does not look like an e-mail address.") from None
    domain = federated_domain(address.email)
    return Realm(
        issuer=get_adapter().get_issuer(),
        federated=domain is not None,
        password_reset=domain is None,
        organisation=domain.organisation.name if domain else "",
    )


@router.get("/password-rules", response=PasswordRules)
def password_rules(request: HttpRequest) -> PasswordRules:  # noqa: ARG001  # ninja wants it by name
    """The rules for new passwords: the length as a number, all others in sentences for people."""
    others = [
        rule for rule in get_default_password_validators() if not isinstance(rule, MinimumLengthValidator)
    ]
    return PasswordRules(
        minimum_length=settings.CENTER_PASSWORD_LENGTH, sentences=password_validators_help_texts(others)
    )

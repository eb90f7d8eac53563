# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The second step of a sign-in in our words; allauth does the rest."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth gives no types
    """allauth's adapter with our sentences."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not fit. Enter the one that is shown now."),
        "unverified_email": _("Confirm your e-mail address first, then set up the second step."),
        "cannot_generate_recovery_codes": _("Set up an authenticator or a passkey first."),
    }

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What this Center decides or says differently from allauth's defaults."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth gives no types
    """allauth's account adapter with our sentences."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and this password do not fit together. Correct them, "
            "or create a new password with “Forgot your password?”."
        ),
        "too_many_login_attempts": _("There were too many tries. Wait five minutes and sign in again."),
        "incorrect_code": _("This code does not fit. Check the newest mail."),
    }

    def format_email_subject(self, subject: str) -> str:
        """Subjects as they are written in the templates, without the site's name in brackets."""
        return subject

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What this Center decides or says differently from allauth's defaults."""

import math
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from connect_center.accounts.language import speaking_to
from connect_center.accounts.models import User


def _shut() -> str:
    """For how long the door is shut at most; the same for addresses that exist and that do not."""
    minutes = math.ceil(settings.CENTER_LOCKOUT_SECONDS / 60)
    text = ngettext(
        "There were too many tries. Nothing is lost: sign in again in %(count)s minute.",
        "There were too many tries. Nothing is lost: sign in again in %(count)s minutes.",
        minutes,
    )
    return text % {"count": minutes}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth gives no types
    """allauth's account adapter with our sentences."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and this password do not fit together. Correct them, "
            "or create a new password with “Forgot your password?”."
        ),
        "too_many_login_attempts": lazy(_shut, str)(),
        "incorrect_code": _("This code does not fit. Check the newest mail."),
    }

    def format_email_subject(self, subject: str) -> str:
        """Subjects as they are written in the templates, without the site's name in brackets."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their own language, whoever is at the page."""
        receiver = User.objects.filter(email=email.strip().lower()).first() or context.get("user")
        with speaking_to(receiver):
            super().send_mail(template_prefix, email, context)

    def pre_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse | None:
        """Send people of a federated organisation to their own provider, whichever door they came by."""
        from connect_center.organisations.federation import provider_of, sent_to

        answer: HttpResponse | None = super().pre_login(request, user, **facts)
        provider = provider_of(user.email)
        if answer is not None or provider is None or "sociallogin" in (facts.get("signal_kwargs") or {}):
            return answer
        return sent_to(provider, request, user.email, facts.get("redirect_url") or "/")

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The pages of signing in that decide differently from allauth's."""

import time
from typing import cast

from allauth.account.authentication import get_authentication_records
from allauth.account.views import LoginView
from allauth.idp.oidc.views import AuthorizationView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.views.generic.edit import FormView

from connect_center.accounts.forms import hinted_address
from connect_center.organisations.federation import provider_of, sent_to

FRESH_SECONDS = 120


def signed_in_just_now(request: HttpRequest) -> bool:
    """Whether the person proved in this very sign-in who he or she is."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < FRESH_SECONDS


class Authorization(AuthorizationView):  # type: ignore[misc]  # allauth gives no types
    """Asks "continue as …?" when an older browser session answers a native application (RFC 8252, 8.6).

    Whoever has typed the password a moment ago is not asked a second time.
    """

    def _skip_consent(self) -> HttpResponse:
        if signed_in_just_now(self.request):
            return cast("HttpResponse", super()._skip_consent())
        return FormView.get(self, self.request)


authorization = Authorization.as_view()


class SignIn(LoginView):  # type: ignore[misc]  # allauth gives no types
    """Sends people of an organisation with an identity provider of its own there, before any password."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        elsewhere = self._elsewhere(request, hinted_address(request))
        return elsewhere or cast("HttpResponse", super().get(request, *args, **kwargs))

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        elsewhere = self._elsewhere(request, request.POST.get("login", ""))
        return elsewhere or cast("HttpResponse", super().post(request, *args, **kwargs))

    def _elsewhere(self, request: HttpRequest, email: str) -> HttpResponse | None:
        provider = provider_of(email)
        if provider is None:
            return None
        waiting = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or "/"
        return sent_to(provider, request, email, waiting)


sign_in = SignIn.as_view()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The one page of the OpenID provider that decides differently from allauth's."""

import time
from typing import cast

from allauth.account.authentication import get_authentication_records
from allauth.idp.oidc.views import AuthorizationView
from django.http import HttpRequest, HttpResponse
from django.views.generic.edit import FormView

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

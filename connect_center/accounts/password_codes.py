# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Checks a mailed code without telling whether the address behind it is known."""

from allauth.account.internal.flows.password_reset_by_code import PasswordResetVerificationProcess
from allauth.headless.account.inputs import ResetPasswordKeyInput
from allauth.headless.account.views import ResetPasswordView
from allauth.headless.constants import Client
from allauth.headless.internal.restkit.response import ErrorResponse
from django.http import HttpRequest, HttpResponse


class ResetPassword(ResetPasswordView):  # type: ignore[misc]  # allauth gives no types
    """allauth's view, whose GET ends in a server error where no account waits for the code."""

    process: PasswordResetVerificationProcess

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer: HttpResponse
        if self.process.user is not None:
            answer = super().get(request, *args, **kwargs)
            return answer
        refused = ResetPasswordKeyInput(
            {"key": request.headers.get("X-Password-Reset-Key", "")},
            code="",  # fits nothing
        )
        refused.is_valid()
        self.process.record_invalid_attempt()
        answer = ErrorResponse(request, input=refused)
        return answer


reset_password = ResetPassword.as_api_view(client=Client.APP)

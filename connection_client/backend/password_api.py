# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Center's password requests, in the words of allauth's headless API (its `app` client)."""

import math
from collections.abc import Mapping
from contextlib import suppress

import httpx

from connection_client.backend.center_api import CenterApi, read
from connection_client.backend.http import Answer, ask
from connection_client.domain.errors import (
    AddressNotReadable,
    CenterAnswersNonsense,
    CodeNotAccepted,
    PasswordNotAccepted,
    TooManyTries,
)
from connection_client.domain.language import N_
from connection_client.identity.password import PasswordRules, ResetRequest

BASE = "/_allauth/app/v1/auth/password"
RESEND_SECONDS = 30
USUAL_WAIT = 300.0  # seconds, where the Center does not say how long


class PasswordApi:
    """Implements the port PasswordCenter."""

    def __init__(self, client: httpx.Client, center: CenterApi) -> None:
        self._client, self._center = client, center

    def password_rules(self) -> PasswordRules:
        """The rules that hold now; raises NetworkError."""
        return read(ask(self._client, "GET", f"{self._center.address}/api/v1/password-rules"), PasswordRules)

    def request_reset(self, email: str) -> ResetRequest:
        """Send a code; known and unknown addresses get the same answer; raises TooManyTries, NetworkError."""
        answer = self._ask("POST", "/request", json={"email": email})
        if answer.status == httpx.codes.BAD_REQUEST:
            raise AddressNotReadable
        if answer.status not in (httpx.codes.OK, httpx.codes.UNAUTHORIZED):
            raise _nonsense(answer)
        meta = answer.json().get("meta")
        token = meta.get("session_token") if isinstance(meta, dict) else None
        if not isinstance(token, str):
            raise CenterAnswersNonsense(host=answer.host, reason=N_("parts of it are missing"))
        return ResetRequest(email, RESEND_SECONDS, token)

    def check_reset(self, request: ResetRequest, code: str) -> None:
        """Whether the code fits; raises CodeNotAccepted, TooManyTries, NetworkError."""
        # An empty password is never set: what is wrong with the code is then said, and nothing happens.
        with suppress(PasswordNotAccepted):
            self.set_password(request, code, "")

    def set_password(self, request: ResetRequest, code: str, password: str) -> None:
        """Set it; raises CodeNotAccepted, PasswordNotAccepted, TooManyTries, NetworkError."""
        headers = {"X-Session-Token": request.token}
        answer = self._ask("POST", "/reset", headers=headers, json={"key": code, "password": password})
        if answer.status == httpx.codes.CONFLICT:
            raise CodeNotAccepted
        if answer.status == httpx.codes.BAD_REQUEST:
            if _messages(answer, "key"):
                raise CodeNotAccepted
            refused = _messages(answer, "password")
            raise PasswordNotAccepted(reasons=" ".join(refused)) if refused else _nonsense(answer)
        # 401 is the good answer: the password is set, and nobody is signed in by it.
        if answer.status not in (httpx.codes.OK, httpx.codes.UNAUTHORIZED):
            raise _nonsense(answer)

    def _ask(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, json: object = None
    ) -> Answer:
        answer = ask(self._client, method, self._center.address + BASE + path, headers=headers, json=json)
        if answer.status in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.FORBIDDEN):
            raise TooManyTries(minutes=_minutes(answer))
        return answer


def _messages(answer: Answer, field: str) -> list[str]:
    errors = answer.json().get("errors")
    listed = errors if isinstance(errors, list) else []
    return [
        str(error.get("message", ""))
        for error in listed
        if isinstance(error, dict) and error.get("param") == field
    ]


def _minutes(answer: Answer) -> int:
    said = answer.headers.get("retry-after", "")
    return math.ceil((int(said) if said.isdecimal() else USUAL_WAIT) / 60)


def _nonsense(answer: Answer) -> CenterAnswersNonsense:
    return CenterAnswersNonsense(host=answer.host, reason=f"HTTP {answer.status}")

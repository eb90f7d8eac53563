# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What browsers may load for our pages: only what comes from the Center itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# `form-action` stays open: the sign-in ends with a redirect to the client's loopback address (RFC 8252).
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


Answer = Callable[[HttpRequest], HttpResponse]


def content_security_policy(answer: Answer) -> Answer:
    """Middleware that adds the policy to every answer."""

    def with_policy(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return with_policy

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Refusals of the HTTP API, told as problem details (RFC 9457)."""

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse


class Problem(Exception):
    """Raise it in an API view: `status`, one sentence as `detail`, and extension members by name."""

    def __init__(self, status: int, detail: str, **members: object) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.members = members


def problem_response(problem: Problem) -> HttpResponse:
    """The problem as `application/problem+json`."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        **problem.members,
    }
    response = JsonResponse(body, status=problem.status, content_type="application/problem+json")
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="CONNECT Center"'
    return response

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Refusals of the HTTP API, told as problem details (RFC 9457)."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse

CONTENT_TYPE = "application/problem+json"
API = "/api/"
_SENTENCES = {
    400: "The request cannot be read.",
    404: "There is nothing at this address.",
    405: "This address does not know this method.",
    500: "The Center could not answer this. Nothing was kept; its operator finds the reason in the log.",
}


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
    response = JsonResponse(body, status=problem.status, content_type=CONTENT_TYPE)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="CONNECT Center"'
    return response


def told_as_problems(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a refusal below /api/ that was written as a page for people becomes a problem."""

    def with_problem(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        refused = response.status_code >= HTTPStatus.BAD_REQUEST
        if not refused or not request.path_info.startswith(API) or response["Content-Type"] == CONTENT_TYPE:
            return response
        detail = _SENTENCES.get(response.status_code, "The request was refused.")
        problem = problem_response(Problem(response.status_code, detail))
        if "Allow" in response:
            problem["Allow"] = response["Allow"]
        return problem

    return with_problem

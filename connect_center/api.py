# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The HTTP API at /api/v1: one router per app, every refusal as problem details."""

from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError

from connect_center.accounts.api import router as accounts
from connect_center.api_description import DescribedApi
from connect_center.applications.api import router as applications
from connect_center.delivery.api import router as delivery
from connect_center.entitlements.api import router as entitlements
from connect_center.news.api import router as news
from connect_center.organisations.api import router as organisations
from connect_center.policy.api import router as policy
from connect_center.problems import Problem, problem_response
from connect_center.publisher.api import router as publisher
from connect_center.support.api import router as support

api = DescribedApi(title="CONNECT Center", version="1", docs_url=None)


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(problem)


@api.exception_handler(AuthenticationError)
def _not_signed_in(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem_response(Problem(401, "This needs an access token of a signed-in user."))


@api.exception_handler(ValidationError)
def _not_readable(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [{"field": ".".join(map(str, item["loc"][1:])), "message": item["msg"]} for item in error.errors]
    return problem_response(Problem(422, "The request cannot be read.", errors=fields))


@api.exception_handler(HttpError)
def _refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(Problem(error.status_code, str(error)))


@api.exception_handler(Http404)
def _not_there(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem_response(Problem(404, "There is nothing at this address."))


for router in (
    accounts,
    organisations,
    delivery,
    publisher,
    entitlements,
    policy,
    applications,
    support,
    news,
):
    api.add_router("", router)

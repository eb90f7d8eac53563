# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client files a service request, and sends what helps to answer it."""

from typing import Annotated

from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, File, Path, Router, Schema, Status, UploadedFile

from connect_center.accounts.models import User
from connect_center.api_auth import AccessToken, bearer
from connect_center.problems import Problem
from connect_center.support import diagnostics
from connect_center.support.models import ServiceRequest
from connect_center.support.requests import file_request

_WITHOUT_NUL = r"^[^\x00]*$"  # which PostgreSQL does not keep
_TEXT = r"^[^\x00]*[^\x00\s][^\x00]*$"
_AROUND_A_FILE = 1 << 16  # what a form adds to the file in it
router = Router(tags=["support"])
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


class _SmallEnough(AccessToken):
    """Refuses what is announced as too large, before any of it is read."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = super().authenticate(request, token)
        announced = request.headers.get("Content-Length", "")
        if user and announced.isdecimal() and int(announced) > diagnostics.LARGEST + _AROUND_A_FILE:
            raise Problem(
                413,
                f"A bundle can have {diagnostics.LARGEST >> 20} MB. Nothing was kept.",
                largest=diagnostics.LARGEST,
            )
        return user


class NewRequest(Schema):
    subject: str = Field(min_length=1, max_length=150, pattern=_TEXT)
    text: str = Field(min_length=1, max_length=10_000, pattern=_TEXT)
    product: str = Field("", max_length=80, pattern=_WITHOUT_NUL)
    version: str = Field("", max_length=60, pattern=_WITHOUT_NUL)


class Filed(Schema):
    number: int
    url: str


@router.post("/service-requests", response={201: Filed}, auth=bearer)
def service_requests(request: HttpRequest, new: NewRequest) -> Status[Filed]:
    """Keeps the request and sends the mails; `url` is its page."""
    user: User = request.auth  # type: ignore[attr-defined]  # set by ninja
    filed = file_request(user, **new.dict())
    url = request.build_absolute_uri(reverse("service_request", args=[filed.pk]))
    return Status(201, Filed(number=filed.pk, url=url))


@router.post(
    "/service-requests/{number}/diagnostics",
    response={204: None},
    auth=_SmallEnough(),
    openapi_extra={
        "responses": {
            409: {"description": "The request has a bundle already.", "content": _PROBLEM},
            413: {"description": "The bundle is too large; `largest` says what is not.", "content": _PROBLEM},
            415: {"description": "The bundle is no ZIP file.", "content": _PROBLEM},
        }
    },
)
def add_diagnostics(
    request: HttpRequest, number: Annotated[int, Path(ge=1, lt=2**63)], bundle: File[UploadedFile]
) -> Status[None]:
    """Keeps a ZIP file of at most 10 MB beside an own request and tells the support; once for a request."""
    user: User = request.auth  # type: ignore[attr-defined]  # set by ninja
    found = ServiceRequest.objects.filter(pk=number, user=user).first()
    if found is None:
        raise Problem(404, "You have no such service request.")
    diagnostics.keep(found, bundle, request.build_absolute_uri("/"))
    return Status(204, None)

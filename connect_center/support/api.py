# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client files a service request."""

from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, Router, Schema, Status

from connect_center.accounts.models import User
from connect_center.api_auth import bearer
from connect_center.support.requests import file_request

_WITHOUT_NUL = r"^[^\x00]*$"  # which PostgreSQL does not keep
_TEXT = r"^[^\x00]*[^\x00\s][^\x00]*$"
router = Router(tags=["support"])


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

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client asks what its person is to be told."""

import uuid
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from connect_center.api_auth import bearer
from connect_center.news.models import LONGEST, Message, told_to
from connect_center.organisations.access import membership_of

_AHEAD = timedelta(days=1)  # an answer is kept for hours; so one that begins meanwhile is in it
_MOST = 50
router = Router(tags=["messages"])


class Told(Schema):
    id: uuid.UUID
    level: Message.Level
    texts: dict[str, str] = Field(
        description=f"by language; en is always there; one line of at most {LONGEST} characters"
    )
    link: str = Field(description="where more stands, or empty")
    begins: datetime
    ends: datetime


class Messages(Schema):
    messages: list[Told]


@router.get("/messages", response=Messages, auth=bearer)
def messages(request: HttpRequest, response: HttpResponse) -> dict[str, list[Message]]:
    """What the person is told now, or will be within a day; the reader looks at `begins` and `ends`.

    All languages are in it, so that the answer stays the same when the reader speaks another one.
    """
    membership = membership_of(request.auth)  # type: ignore[attr-defined]  # set by ninja
    organisation = membership.organisation if membership is not None and membership.is_active else None
    now = datetime.now(UTC)
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization"
    return {"messages": told_to(organisation, now, now + _AHEAD)[:_MOST]}

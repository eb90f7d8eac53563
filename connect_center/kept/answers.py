# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Middleware: answers from what was made before, or "nothing new", without building anything.

It stands in front of sessions, languages and forms, which a client's daily questions do not need.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import ResolverMatch, resolve
from django.utils.http import parse_etags

from connect_center.accounts.devices import NAME_HEADER
from connect_center.kept.asking import HOURS, Asking, asked_with, part_of_the_day
from connect_center.kept.models import Stamp, stamps_of
from connect_center.signing import SigningKeys

Answer = Callable[[HttpRequest], HttpResponse]
DAILY = "/api/v1/policy"
SIGNED = {DAILY, "/api/v1/entitlements"}
PLAIN = {"/api/v1/me"}
MESSAGES = "/api/v1/messages"
_ALL = SIGNED | PLAIN | {MESSAGES}
_CONTENT_TYPE = "application/json; charset=utf-8"


def kept_answers(answer: Answer) -> Answer:
    """Every answer has an ETag of its version; `If-None-Match` is met with 304 by one statement."""

    def with_kept(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if request.method != "GET" or path not in _ALL:
            return answer(request)
        asking = _asking(request)
        if asking is None:
            return answer(request)  # it says why not
        version = _version(request, asking)
        etag = f'"{version}"'
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return _described(HttpResponseNotModified(), request, etag)
        body = caches["answers"].get(version)
        if body is not None:
            return _described(HttpResponse(body, content_type=_CONTENT_TYPE), request, etag)
        request.META.pop("HTTP_IF_NONE_MATCH", None)  # whatever it holds is no version of this answer
        made = answer(request)
        if made.status_code == HTTPStatus.OK:
            caches["answers"].set(version, made.content, HOURS * 3600)
            _described(made, request, etag)
        return made

    return with_kept


def _asking(request: HttpRequest) -> Asking | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    asking = asked_with(token.strip()) if kind.lower() == "bearer" and token.strip() else None
    if asking is None or request.path_info not in PLAIN:
        return asking
    # A computer that says its name for the first time is noted by the view.
    said = unquote(request.headers.get(NAME_HEADER, ""))
    return asking if said in {"", asking.device} else None


def _version(request: HttpRequest, asking: Asking) -> str:
    place = (request.scheme, request.get_host(), request.path_info, request.META.get("QUERY_STRING", ""))
    if request.path_info in PLAIN:
        return asking.version(place)
    day, part = part_of_the_day(datetime.now(UTC))
    if request.path_info == MESSAGES:
        return asking.version(place, day, part, *stamps_of(Stamp.Kind.MESSAGES, asking.organisation or 0))
    keys = SigningKeys(Path(settings.CENTER_STATE) / "keys" / "entitlements")
    return asking.version(place, keys.signs_now(), day, None if request.path_info == DAILY else part)


def _described(response: HttpResponse, request: HttpRequest, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization"
    request.resolver_match = _match(request.path_info)  # under which it is counted
    return response


@cache
def _match(path: str) -> ResolverMatch:
    return resolve(path)

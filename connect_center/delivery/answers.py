# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""HTTP answers with a file in them: whole, in part, or not changed."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import IO

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.http import parse_etags

from connect_center.delivery.ranges import ByteRange, RangeNotSatisfiable, range_still_holds, requested_range

_CHUNK = 1 << 18


class FilePart(Iterator[bytes]):
    """A part of an open file in pieces; closes the file at the end, and when the reader goes away."""

    def __init__(self, stream: IO[bytes], part: ByteRange) -> None:
        stream.seek(part.first)
        self._stream = stream
        self._left = part.length

    def __next__(self) -> bytes:
        piece = self._stream.read(min(_CHUNK, self._left)) if self._left else b""
        if not piece:
            self.close()
            raise StopIteration
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        """Let the file go; called by Django when the answer ends."""
        self._left = 0
        self._stream.close()


def file_answer(request: HttpRequest, path: Path, etag: str, content_type: str) -> HttpResponseBase:
    """The answer for a file whose content `etag` (strong, in quotes) stands for. Raises OSError."""
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _with_headers(HttpResponseNotModified(), etag)
    length = path.stat().st_size
    try:
        part = _part(request, length, etag)
    except RangeNotSatisfiable:
        refused = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        refused["Content-Range"] = f"bytes */{length}"
        return _with_headers(refused, etag)
    answer: HttpResponseBase
    if request.method == "HEAD":
        answer = HttpResponse(content_type=content_type)
    else:
        content = FilePart(path.open("rb"), part or ByteRange(0, length - 1))
        answer = StreamingHttpResponse(content, content_type=content_type)
    answer["Content-Length"] = str(part.length if part else length)
    if part:
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer["Content-Range"] = f"bytes {part.first}-{part.last}/{length}"
    return _with_headers(answer, etag)


def _part(request: HttpRequest, length: int, etag: str) -> ByteRange | None:
    header = request.headers.get("Range", "") if request.method == "GET" else ""
    holds = range_still_holds(request.headers.get("If-Range", ""), etag)
    return requested_range(header, length) if holds else None


def _with_headers(answer: HttpResponseBase, etag: str) -> HttpResponseBase:
    answer["ETag"] = etag
    answer["Accept-Ranges"] = "bytes"
    return answer

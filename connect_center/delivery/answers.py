# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""HTTP answers with a file in them: whole, in part, or not changed."""

import io
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.utils.http import parse_etags

from connect_center.delivery.ranges import ByteRange, RangeNotSatisfiable, range_still_holds, requested_range

_BLOCK = 1 << 18


class FilePart(io.RawIOBase):
    """A part of an open file, itself a file from 0 to the part's length; closing it closes the file.

    Servers that offer `wsgi.file_wrapper` send it from their own loop, so that a client that reads slowly or
    pauses keeps none of their threads.
    """

    def __init__(self, stream: io.BufferedReader, part: ByteRange) -> None:
        self._stream = stream
        self._part = part
        stream.seek(part.first)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._stream.tell() - self._part.first

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.tell(), io.SEEK_END: self._part.length}[whence]
        self._stream.seek(self._part.first + max(0, start + offset))
        return self.tell()

    def readinto(self, buffer: Any) -> int:
        left = max(0, self._part.length - self.tell())
        return self._stream.readinto(memoryview(buffer)[:left])

    def close(self) -> None:
        self._stream.close()
        super().close()


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
        answer = FileResponse(content, content_type=content_type)
        answer.block_size = _BLOCK
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

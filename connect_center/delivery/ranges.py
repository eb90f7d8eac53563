# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which part of a file a request asks for. Source: RFC 9110, sections 13 and 14."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"\s*bytes\s*=\s*(?P<first>[0-9]*)\s*-\s*(?P<last>[0-9]*)\s*", re.IGNORECASE)


class RangeNotSatisfiable(Exception):
    """The range begins behind the end of the file: 416."""


@dataclass(frozen=True)
class ByteRange:
    """The bytes `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes that are."""
        return self.last - self.first + 1


def requested_range(header: str, length: int) -> ByteRange | None:
    """The range asked for, cut to the file, or None for the whole file.

    A header that cannot be read and several ranges at once are answered with the whole file, as section 14.2
    allows. Raises RangeNotSatisfiable.
    """
    match = _ONE_RANGE.fullmatch(header)
    if match is None or not (match["first"] or match["last"]):
        return None
    if not match["first"]:  # the last so many bytes
        wanted = int(match["last"])
        if wanted == 0 or length == 0:
            raise RangeNotSatisfiable
        return ByteRange(max(0, length - wanted), length - 1)
    first = int(match["first"])
    last = min(int(match["last"]), length - 1) if match["last"] else length - 1
    if match["last"] and int(match["last"]) < first:
        return None
    if first >= length:
        raise RangeNotSatisfiable
    return ByteRange(first, last)


def range_still_holds(if_range: str, etag: str) -> bool:
    """Whether a part may be sent: the file is the one of which the client has the beginning.

    Only a strong ETag proves that; a date or a weak one gets the whole file (section 13.1.5).
    """
    return not if_range or if_range.strip() == etag

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Versions of products: dotted integers whose order is certain, or unknown.

Our own version and `min_client` are PEP 440 and belong to `packaging`; vendors' versions are not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_LARGEST_PART = 2**32 - 1
_DOTTED = re.compile(
    r"\s*[vV]?(?P<numbers>[0-9]{1,10}(?:[.,]\s?[0-9]{1,10}){0,5})\s*"
    r"(?:\((?:x64|x86|arm64|64-bit|32-bit)\)\s*)?"
)


class Order(StrEnum):
    """How an installed version stands to another; unknown is never turned into a recommendation."""

    OLDER = "older"
    SAME = "same"
    NEWER = "newer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, order=True)
class Version:
    """A comparable version; leading zeros of a part and trailing zero parts do not count."""

    parts: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> "Version | None":
        """The version that `text` states, or None where its order would be a guess."""
        match = _DOTTED.fullmatch(text)
        if match is None:
            return None
        parts = [int(part) for part in re.split(r"[.,]\s?", match["numbers"])]
        if max(parts) > _LARGEST_PART:
            return None
        while len(parts) > 1 and parts[-1] == 0:
            parts.pop()
        return cls(tuple(parts))

    def __str__(self) -> str:
        return ".".join(str(part) for part in self.parts)


def read_version(text: str, aliases: Mapping[str, str]) -> Version | None:
    """Parse a text found on a machine, after the publisher's aliases were applied."""
    return Version.parse(aliases.get(text.strip(), text))


def compare(installed: Version | None, other: Version | None) -> Order:
    """How `installed` stands to `other`."""
    if installed is None or other is None:
        return Order.UNKNOWN
    if installed == other:
        return Order.SAME
    return Order.OLDER if installed < other else Order.NEWER

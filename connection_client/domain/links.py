# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Links that other programs and pages may open: `connection-client://launch/PRODUCT?file=/path`.

Anybody can write one, so it is read narrowly here, and nothing happens before a person has agreed.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from connection_client.domain.launch_errors import LinkNotReadable

SCHEME = "connection-client"
_PRODUCT = re.compile(r"[a-z0-9][a-z0-9.-]{0,127}")
_LONGEST, _MOST_FILES = 8192, 10


@dataclass(frozen=True)
class LaunchLink:
    """A wish to start `product_id` with `files`, which are absolute."""

    product_id: str
    files: tuple[Path, ...] = ()


def is_link(text: str) -> bool:
    """Whether an argument is meant as a link of ours."""
    return text[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def read_link(text: str) -> LaunchLink:
    """Parse a link; raises LinkNotReadable for everything that is not exactly of this form."""
    if len(text) > _LONGEST or not text.isprintable():
        raise LinkNotReadable
    try:
        parts = urlsplit(text)
        wishes = parse_qsl(
            parts.query, keep_blank_values=True, strict_parsing=bool(parts.query), errors="strict"
        )
    except ValueError as error:
        raise LinkNotReadable from error
    product_id = unquote(parts.path.removeprefix("/").removesuffix("/"))
    if parts.scheme != SCHEME or parts.netloc != "launch" or parts.fragment:
        raise LinkNotReadable
    if not _PRODUCT.fullmatch(product_id) or len(wishes) > _MOST_FILES:
        raise LinkNotReadable
    return LaunchLink(product_id, tuple(_file(name, value) for name, value in wishes))


def _file(name: str, value: str) -> Path:
    path = Path(value)
    if name != "file" or not value.isprintable() or not path.is_absolute() or ".." in path.parts:
        raise LinkNotReadable
    return path

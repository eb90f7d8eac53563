# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What of an address a person reads, and what of it decides whether a token may be sent there."""

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """The host and, where it was given, the port of an address, as a person reads it."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return url[:80]


def origin_of(url: str) -> str:
    """Scheme, host and port: what a token may be sent to."""
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    return f"{parts.scheme}://{(parts.hostname or '').casefold()}:{port}"

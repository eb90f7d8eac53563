# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Short texts by their SHA-256 (FIPS 180-4), for names and lots.

`hashlib` loads OpenSSL, which is megabytes and worth it for files alone; the module beside it is the one that
the standard library's `random` uses for the same reason.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        from _sha256 import sha256
    except ImportError:  # from Python 3.12 on
        from hashlib import sha256


def fingerprint(text: str) -> bytes:
    """The 32 bytes of its digest."""
    return sha256(text.encode()).digest()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which version this is; the package's build writes the line anew for each version it makes."""

VERSION = "10.2.0.7"


def at_least(*parts: int) -> bool:
    """Whether this version is `parts` or later: `at_least(10, 2)`."""
    return tuple(int(part) for part in VERSION.split(".")) >= parts

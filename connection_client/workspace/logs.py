# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The log of an installation, to read."""

from pathlib import Path

_TAIL = 200_000  # bytes; of a longer one the end tells how it came out


def log_text(path: Path | None) -> str:
    """The end of the log; empty where there is none any more."""
    if path is None:
        return ""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(size - _TAIL, 0))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Downloads that nobody came back for, which would fill a disk."""

import time
from contextlib import suppress
from pathlib import Path

_OLD_SECONDS = 14 * 86_400


def remove_leftovers(folder: Path) -> None:
    """Remove what was not written to for two weeks, whole or in part; what cannot be removed stays."""
    oldest = time.time() - _OLD_SECONDS
    with suppress(OSError):
        for path in folder.iterdir():
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the project's drawings lie; read before the first icon, so nothing of Qt is in it."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def folder() -> Path:
    """Beside the source or the installed package, or under the prefix."""
    here = Path(__file__).resolve()
    places = (
        here.parents[2] / "resources" / "icons",
        here.parents[1] / "resources" / "icons",
        Path(sys.prefix) / "share" / "connection-client" / "icons",
        Path("/usr/share/connection-client/icons"),
    )
    return next((place for place in places if place.is_dir()), places[0])

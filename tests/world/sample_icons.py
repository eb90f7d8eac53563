# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The icons of the sample's applications: those of the examples, and three that are drawn for it."""

from pathlib import Path

from connection_client.workspace.app_icons import AppIcon
from connection_client.workspace.view import Row

_EXAMPLES = Path(__file__).parents[2] / "examples"
_GROUND = '<rect x="4" y="4" width="56" height="56" rx="12" fill="{}"/>'
_LINE = '<path d="{}" fill="none" stroke="#FFFFFF" stroke-width="3.5" stroke-linecap="round"/>'
_DRAWN = {
    "terrain-builder": ("#4E7A3A", "M12 44l12-16 8 9 8-13 12 20", "M12 51h40"),
    "road-designer": (
        "#5A5F66",
        "M22 52c0-16 4-24 8-40",
        "M42 52c0-16-4-24-8-40",
        "M32 50v-7M32 36v-6M32 24v-4",
    ),
    "bridge-analysis": ("#7A4B86", "M10 42h44", "M10 42c6-22 38-22 44 0", "M20 42v-12M32 42v-17M44 42v-12"),
}


def sample_icon(row: Row) -> AppIcon | None:
    """Implements `AppIconFinder`."""
    file = _EXAMPLES / row.product_id.replace("-", "_") / "icon.svg"
    if file.exists():
        return AppIcon(file)
    colour, *lines = _DRAWN.get(row.product_id, ("",))
    if not colour:
        return None
    inside = _GROUND.format(colour) + "".join(map(_LINE.format, lines))
    return AppIcon(
        content=f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{inside}</svg>'.encode()
    )

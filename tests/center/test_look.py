# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The colours of the style sheet can be read on light and dark (WCAG 2.1, success criterion 1.4.3)."""

import re
from pathlib import Path

import pytest

import connect_center

SHEET = (Path(connect_center.__file__).parent / "static" / "center" / "center.css").read_text()
GROUNDS = ("ground", "surface", "raised")
PAIRS = [
    *((text, ground) for text in ("text", "soft", "accent", "danger") for ground in GROUNDS),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("accent", "tint"),
    ("warn", "warn-tint"),
    ("danger", "danger-tint"),
    ("text", "danger-tint"),
    ("text", "warn-tint"),
]


def _colours(part: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part))


def _luminance(colour: str) -> float:
    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    light, dark = SHEET.split("@media (prefers-color-scheme: dark)")[:2]
    colours = _colours(light) if scheme == "light" else _colours(dark)
    assert _contrast(colours[text], colours[ground]) >= 4.5


def test_the_measure_itself_is_right() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Text can be read on every ground that it stands on, light and dark."""

from itertools import product

import pytest

from connection_client.ui.style_sheet import style_sheet
from connection_client.ui.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Tokens, contrast
from connection_client.ui.tray_icon import INK

GROUNDS = ("background", "bar", "surface", "hover")
TEXTS = ("text", "secondary", "accent", "warning", "danger")
ON_TINTS = (
    ("accent", "accent_tint"),
    ("text", "accent_tint"),
    ("text", "warning_tint"),
    ("text", "danger_tint"),
    ("warning", "warning_tint"),
    ("danger", "danger_tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("text", "pressed"),
    ("secondary", "pressed"),
)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), [*product(TEXTS, GROUNDS), *ON_TINTS])
def test_texts_have_a_contrast_of_at_least_four_and_a_half(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_focus_frame_stands_out_from_what_lies_beside_it(tokens: Tokens) -> None:
    assert min(contrast(tokens.accent, getattr(tokens, ground)) for ground in GROUNDS) >= 3


@pytest.mark.parametrize("tokens", [CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), [*product(TEXTS, GROUNDS), *ON_TINTS])
def test_the_highest_contrast_is_at_least_seven(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 7


@pytest.mark.parametrize("tokens", [CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark"])
def test_edges_and_what_cannot_be_pressed_stay_visible_in_the_highest_contrast(tokens: Tokens) -> None:
    for ground in ("background", "bar", "surface"):
        for ink in ("line", "control", "disabled"):
            assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_tray_icon_can_be_seen_on_any_panel() -> None:
    assert min(contrast(INK, "#FFFFFF"), contrast(INK, "#000000")) >= 4.4


def test_the_style_sheet_grows_with_the_type() -> None:
    usual, larger = style_sheet(LIGHT, 1.0, "a.svg"), style_sheet(LIGHT, 1.5, "a.svg")
    assert "QWidget { font-size: 14px; }" in usual
    assert "QWidget { font-size: 21px; }" in larger
    assert "$" not in usual

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The design tokens: every colour of the window, for light, dark, and the highest contrast on both."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True)
class Tokens:
    """The colours of one appearance; `…_tint` is a quiet background for text in that colour."""

    dark: bool
    background: str
    bar: str
    surface: str
    hover: str
    pressed: str
    line: str
    control: str
    text: str
    secondary: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_tint: str
    warning: str
    warning_tint: str
    danger: str
    danger_tint: str


LIGHT = Tokens(
    dark=False,
    background="#FAFAF9",
    bar="#F2F2F0",
    surface="#FFFFFF",
    hover="#F4F4F2",
    pressed="#EAEAE7",
    line="#E4E4E0",
    control="#C9C9C4",
    text="#1B1D1F",
    secondary="#5A5F65",
    disabled="#8B9095",
    accent="#0B6E6E",
    accent_hover="#095B5B",
    on_accent="#FFFFFF",
    accent_tint="#E2F0EF",
    warning="#8A5200",
    warning_tint="#FCF1DE",
    danger="#B0261D",
    danger_tint="#FBEAE8",
)
DARK = Tokens(
    dark=True,
    background="#1B1D1F",
    bar="#16181A",
    surface="#232629",
    hover="#2A2E31",
    pressed="#32373B",
    line="#33383C",
    control="#4A5156",
    text="#ECEDEE",
    secondary="#A7ADB3",
    disabled="#747B81",
    accent="#4FB8B3",
    accent_hover="#6BC8C3",
    on_accent="#0A1F1F",
    accent_tint="#1D3635",
    warning="#E8B765",
    warning_tint="#3A2F1B",
    danger="#F2938B",
    danger_tint="#402725",
)
# WCAG 2.2, 1.4.6: 7 to 1 for every text; edges are as strong as text, and tints are hardly there.
CONTRAST_LIGHT = Tokens(
    dark=False,
    background="#FFFFFF",
    bar="#FFFFFF",
    surface="#FFFFFF",
    hover="#F0F0F0",
    pressed="#E4E4E4",
    line="#5E5E5E",
    control="#000000",
    text="#000000",
    secondary="#262626",
    disabled="#5E5E5E",
    accent="#004545",
    accent_hover="#003030",
    on_accent="#FFFFFF",
    accent_tint="#E6F4F3",
    warning="#573300",
    warning_tint="#FFF4E0",
    danger="#750D07",
    danger_tint="#FDECEA",
)
CONTRAST_DARK = Tokens(
    dark=True,
    background="#000000",
    bar="#000000",
    surface="#000000",
    hover="#1C1C1C",
    pressed="#2C2C2C",
    line="#9C9C9C",
    control="#FFFFFF",
    text="#FFFFFF",
    secondary="#E2E2E2",
    disabled="#9C9C9C",
    accent="#5CE6DE",
    accent_hover="#A3F3EE",
    on_accent="#000000",
    accent_tint="#0A2B2A",
    warning="#FFD34F",
    warning_tint="#2B2105",
    danger="#FFB0A8",
    danger_tint="#33100C",
)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, 1.4.3), between 1 and 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB

    it = QColor(colour)
    return 0.2126 * linear(it.redF()) + 0.7152 * linear(it.greenF()) + 0.0722 * linear(it.blueF())

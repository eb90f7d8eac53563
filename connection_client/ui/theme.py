# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The design tokens: every colour and size of the window, once for light and once for dark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

BODY, SMALL, LARGE, TITLE = 14, 12, 16, 20  # pixels at 100 %; everything else is a step of 4
_USUAL_FONT = 13.3  # pixels of a desktop's ordinary 10 pt font: the size that counts as 100 %
_scale = 1.0
_BETTER_THAN_NONE = ("Inter", "Cantarell", "Adwaita Sans", "Noto Sans", "Open Sans")


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


def tokens_for(theme: str) -> Tokens:
    """The tokens for the setting `theme`: light, dark, or system, which follows the desktop."""
    if theme == "system":
        return DARK if QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if theme == "dark" else LIGHT


def tokens_now() -> Tokens:
    """The tokens that the program is dressed in."""
    # A widget's own palette does not tell: the style sheet makes the grounds of labels transparent.
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT  # noqa: PLR2004  # half


def palette_of(tokens: Tokens) -> QPalette:
    """A palette for Fusion, for all that the style sheet does not name."""
    role = QPalette.ColorRole
    palette = QPalette(QColor(tokens.surface), QColor(tokens.background))
    for which, colour in {
        role.Window: tokens.background,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.hover,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.PlaceholderText: tokens.secondary,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Mid: tokens.line,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.disabled))
    return palette


def system_scale() -> float:
    """How large the person's desktop writes, against the usual; our sizes grow and shrink with it."""
    pixels = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    return min(max(pixels / _USUAL_FONT, 1.0), 3.0)


def body_font(scale: float) -> QFont:
    """The system's font; where no desktop names one, a better one than the fallback of fontconfig."""
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    if font.family() in {"Sans Serif", "sans-serif", "Sans", "DejaVu Sans", ""}:
        known = set(QFontDatabase.families())
        font.setFamily(next((name for name in _BETTER_THAN_NONE if name in known), font.family()))
    font.setPixelSize(round(BODY * scale))
    return font


def use_scale(scale: float) -> None:
    """Write at this scale from now on."""
    global _scale  # noqa: PLW0603  # one scale for the whole program, asked for by every row of a long list
    _scale = scale
    metrics.cache_clear()
    text_width.cache_clear()


def sized(font: QFont, pixels: float, *, strong: bool = False) -> QFont:
    """`font` at `pixels` of our scale."""
    copy = QFont(font)
    copy.setPixelSize(round(pixels * _scale))
    copy.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return copy


@cache
def metrics(pixels: float, *, strong: bool = False) -> QFontMetrics:
    """How much room the program's font takes at `pixels` of our scale."""
    return QFontMetrics(sized(QApplication.font(), pixels, strong=strong))


@lru_cache(maxsize=16_384)
def text_width(text: str, pixels: float, *, strong: bool = False) -> int:
    """The width of a text on one line; lists ask for the same ones again and again."""
    return metrics(pixels, strong=strong).horizontalAdvance(text)


def step(pixels: float) -> int:
    """A length of our scale in pixels of the screen, so that space grows with the type."""
    return round(pixels * _scale)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, 1.4.3), between 1 and 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB

    it = QColor(colour)
    return 0.2126 * linear(it.redF()) + 0.7152 * linear(it.greenF()) + 0.0722 * linear(it.blueF())

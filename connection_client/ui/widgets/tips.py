# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tooltips of other people's texts: Qt would take what looks like HTML for it, and load its pictures."""

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """The text for `setToolTip`, shown as it stands whatever is in it."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Draws the first tray icon into the files it is read from: `python -m tests.world.tray_drawings`."""

import os
import sys

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from connection_client.ui.tray_icon import INK, SIZES, TrayState, drawn, kept_drawing


def main() -> int:
    """Draw all sizes anew."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    for size in SIZES:
        path = kept_drawing(TrayState.SIGNED_OUT, size)
        path.parent.mkdir(exist_ok=True)
        if not drawn(TrayState.SIGNED_OUT, size, QColor(INK)).save(str(path)):
            return 1
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())

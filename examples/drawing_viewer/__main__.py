# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts Drawing Viewer SES."""

import sys
from pathlib import Path

from examples.common.frame import About
from examples.common.start import run
from examples.drawing_viewer.window import DrawingView

ABOUT = About(
    product="drawing-viewer",
    name="Drawing Viewer SES",
    file_kind="DXF drawings",
    pattern="*.dxf",
    sample=Path(__file__).with_name("samples") / "workshop.dxf",
)

if __name__ == "__main__":
    sys.exit(run(ABOUT, DrawingView))

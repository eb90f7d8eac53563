# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts Mesh Viewer SES."""

import sys
from pathlib import Path

from examples.common.frame import About
from examples.common.start import run
from examples.mesh_viewer.window import MeshView

ABOUT = About(
    product="mesh-viewer",
    name="Mesh Viewer SES",
    file_kind="STL solids",
    pattern="*.stl",
    sample=Path(__file__).with_name("samples") / "coupling.stl",
)

if __name__ == "__main__":
    sys.exit(run(ABOUT, MeshView))

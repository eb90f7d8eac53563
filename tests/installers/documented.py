# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What docs/deployment.md says of the sizes of packages."""

import re
from pathlib import Path

from connection_client.version import VERSION
from installers.build import ROOT

MEGABYTE = 1_000_000
_TOLERANCE = 2 * MEGABYTE  # a document need not follow every change


def is_as_documented(package: Path) -> bool:
    """Whether a package is as large as the table of packages says, two megabytes more or less."""
    shown = re.escape(package.name.replace(VERSION, "VERSION"))
    row = re.search(rf"`{shown}` \((\d+) MB", (ROOT / "docs" / "deployment.md").read_text("utf-8"))
    assert row is not None, f"docs/deployment.md does not say how large {package.name} is"
    return abs(package.stat().st_size - int(row[1]) * MEGABYTE) <= _TOLERANCE

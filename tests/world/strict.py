# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where a machine decides whether a change may pass, what was left out must not look like what was tried."""

import os

WHY = "CI=true is set, so what is left out counts as failed."


def asked() -> bool:
    """Whether this run is one that others rely on: CI=true, as builders set it."""
    return os.environ.get("CI") == "true"

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Leaves this folder out where the Python is not one for Windows."""

import sys

collect_ignore_glob = [] if sys.platform == "win32" else ["test_*.py"]

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the programs of macOS are, whatever search path this program was started with."""

SYSTEM_PATH = "/usr/bin:/bin:/usr/sbin:/sbin"
"""The folders that only the system writes to; tests name a folder of their own before them."""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The tray icon and the window: they show and ask, nothing else; the only room with PySide6."""

import builtins

import PySide6.QtCore  # noqa: F401  # its first import is what puts itself before all others

# PySide6 looks at every later import for `from __feature__ import …`, and reads and keeps the sources of the
# modules for that: half the time to the icon, and megabytes. Nothing here wishes for its features.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

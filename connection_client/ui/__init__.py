# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The tray icon and the window: they show and ask, nothing else; the only room with PySide6."""

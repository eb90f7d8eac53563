# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command line: the same rooms as the window, in words and JSON.

Imports workspace, features and domain.
"""

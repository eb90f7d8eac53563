# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Figures, each with its floor measured in the same run; no test depends on a timing."""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Runs the tests for Windows on Linux, and tests what prepares them."""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Downloads and installations that are killed at any moment: the state stays right, and they end well."""

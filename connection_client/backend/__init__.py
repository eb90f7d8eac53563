# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""HTTP, and nothing but: sign-in protocol, Center API, signed catalogue, downloads.

Imports features and domain.
"""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What outlives the process: files on disk and secrets in the key store, never mixed.

Imports features and domain.
"""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What outlives the process: settings and caches on disk, secrets in the key store, never mixed; imports features and domain."""

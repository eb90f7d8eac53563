# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The backend of CONNECTION Client: identity, organisations, delivery, entitlements and support."""

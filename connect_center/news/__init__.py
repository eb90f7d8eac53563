# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Messages of the Center to its people: each client shows one once, and keeps it readable until it ends."""

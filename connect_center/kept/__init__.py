# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Gives every client's daily questions the answer that was made before, as long as nothing changed."""

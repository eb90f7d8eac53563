# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the people who run a Center watch: health, metrics, and what has to be cleared away."""

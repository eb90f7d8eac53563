# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The tests mirror the packages; `world` holds the real parts that they run against."""

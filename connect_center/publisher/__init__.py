# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Signs what may be installed: reads packages, writes the repository that every client trusts."""

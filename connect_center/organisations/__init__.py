# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who belongs together: organisations, their members, what members may do, and who decided it."""

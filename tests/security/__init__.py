# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The threat model as tests: what SECURITY.md promises against each attacker, where nothing else does."""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The frozen values that every room speaks in, and the one family of errors; imports nothing of ours."""

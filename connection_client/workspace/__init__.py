# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What both doors show: the features joined into one list of applications; imports features and domain."""

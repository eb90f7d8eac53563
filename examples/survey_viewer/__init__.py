# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Survey Viewer SES: survey points of a CSV file in plan."""

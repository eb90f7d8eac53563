# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Day, month, year and time, no more."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"

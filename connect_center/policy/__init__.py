# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Lets an organisation decide which updates its computers get, when, and until when."""

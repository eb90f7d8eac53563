# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Parsers of what others wrote, fed with what nobody would write: no crash, no hang. Run by `./run fuzz`."""

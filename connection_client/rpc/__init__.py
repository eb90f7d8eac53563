# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Calls between this program's own two processes: the one in the tray, and the one that does the heavy work.

What belongs here knows nothing of what is called. May import the domain, and nothing else of ours.
"""

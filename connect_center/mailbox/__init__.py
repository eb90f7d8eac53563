# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The mail server of the embedded default: mails stay in the state folder and are read on a page."""

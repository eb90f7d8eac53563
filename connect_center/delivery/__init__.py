# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Hands out what was published: the page of downloads, the files, and the signed lists."""

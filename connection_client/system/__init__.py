# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The operating system, one file for each: detection, installers, autostart, browser, notices; imports features and domain."""

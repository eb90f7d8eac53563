# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The real parts that tests and the demonstration run against: desktop, key store, browser, Center."""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is recommended and why, and how it gets here: download, verify, install; imports only domain."""

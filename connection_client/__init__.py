# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""CONNECTION Client: the tray client, the command line and the local API for applications."""

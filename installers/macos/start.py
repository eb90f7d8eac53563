# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the program in the bundle for macOS begins."""

import sys

from connection_client.__main__ import main

sys.exit(main())

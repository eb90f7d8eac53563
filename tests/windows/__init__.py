# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What only a Windows Python can show; `./run test-windows` runs it under Wine on Linux."""

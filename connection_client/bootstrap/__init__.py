# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The only place that builds objects and joins them; may import every room but the doors."""

from connection_client.bootstrap.rooms import build

__all__ = ["build"]

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the client asks about organisations."""

from ninja import Router

router = Router(tags=["organisations"])

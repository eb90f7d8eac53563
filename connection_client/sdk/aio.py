# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The same calls for programs that run on asyncio; the loop stays free while the client is asked."""

import asyncio

from . import TIMEOUT, Entitlement, Status
from . import entitlement as _entitlement
from . import require as _require
from . import sign_in as _sign_in
from . import status as _status


async def require(product: str, version: str = "", *, wait: float = TIMEOUT) -> Entitlement:
    """As `connection_client.sdk.require`; `wait` in seconds."""
    return await asyncio.to_thread(_require, product, version, timeout=wait)


async def entitlement(product: str, version: str = "", *, wait: float = TIMEOUT) -> Entitlement:
    """As `connection_client.sdk.entitlement`."""
    return await asyncio.to_thread(_entitlement, product, version, timeout=wait)


async def status(*, wait: float = TIMEOUT) -> Status:
    """As `connection_client.sdk.status`."""
    return await asyncio.to_thread(_status, timeout=wait)


async def sign_in(*, wait: float = TIMEOUT) -> None:
    """As `connection_client.sdk.sign_in`."""
    await asyncio.to_thread(_sign_in, timeout=wait)

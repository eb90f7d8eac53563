# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The same calls for programs that run on asyncio; the loop stays free while the client is asked."""

import asyncio
import threading
from collections.abc import AsyncIterator

from . import TIME_TO_AGREE, TIMEOUT, ClientError, Entitlement, Status
from . import changes as _changes
from . import entitlement as _entitlement
from . import require as _require
from . import sign_in as _sign_in
from . import status as _status
from . import token as _token


async def require(product: str, version: str = "", *, level: int = 0, wait: float = TIMEOUT) -> Entitlement:
    """As `connection_client.sdk.require`; `wait` in seconds."""
    return await asyncio.to_thread(_require, product, version, level=level, timeout=wait)


async def entitlement(
    product: str, version: str = "", *, level: int = 0, wait: float = TIMEOUT
) -> Entitlement:
    """As `connection_client.sdk.entitlement`."""
    return await asyncio.to_thread(_entitlement, product, version, level=level, timeout=wait)


async def status(*, wait: float = TIMEOUT) -> Status:
    """As `connection_client.sdk.status`."""
    return await asyncio.to_thread(_status, timeout=wait)


async def sign_in(*, wait: float = TIMEOUT) -> None:
    """As `connection_client.sdk.sign_in`."""
    await asyncio.to_thread(_sign_in, timeout=wait)


async def token(audience: str, *, wait: float = TIME_TO_AGREE) -> str:
    """As `connection_client.sdk.token`."""
    return await asyncio.to_thread(_token, audience, timeout=wait)


async def changes(*, wait: float = TIMEOUT) -> AsyncIterator[str]:
    """As `connection_client.sdk.changes`; a daemon thread listens until the client or the loop ends."""
    loop = asyncio.get_running_loop()
    heard: asyncio.Queue[str | ClientError] = asyncio.Queue()

    def listen() -> None:
        try:
            for what in _changes(timeout=wait):
                loop.call_soon_threadsafe(heard.put_nowait, what)
        except ClientError as error:
            loop.call_soon_threadsafe(heard.put_nowait, error)

    def listen_while_there_is_a_loop() -> None:
        try:
            listen()
        except RuntimeError:  # the loop was closed meanwhile
            return

    threading.Thread(target=listen_while_there_is_a_loop, name="client's news", daemon=True).start()
    while True:
        news = await heard.get()
        if isinstance(news, ClientError):
            raise news
        yield news

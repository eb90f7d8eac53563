# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A real SMTP server on loopback that stores what it is given, one file per mail."""

import asyncio
import functools
import os
import socket
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend


class _Store:
    """aiosmtpd's handler: writes each mail into the folder, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802  # aiosmtpd's own name
        await asyncio.to_thread(self._keep, envelope.original_content or b"")
        return "250 stored"

    def _keep(self, mail: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(mail)
        Path(name).rename(self._folder / f"{time.time_ns()}.eml")


class _LoopbackController(Controller):
    """A controller on a free port of 127.0.0.1, bound before it starts so that nobody takes it in between."""

    def __init__(self, handler: _Store) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        super().__init__(handler, hostname="127.0.0.1", port=self._socket.getsockname()[1])

    def _create_server(self) -> Coroutine[Any, Any, asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)


@functools.cache
def running_sink() -> Controller:
    """The sink of this process, started at first use; it ends with the process."""
    controller = _LoopbackController(_Store(settings.CENTER_MAILS))
    controller.start()
    return controller


class Backend(EmailBackend):
    """Django's SMTP backend, sent to the sink of this process."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "host": "127.0.0.1", "port": running_sink().port})

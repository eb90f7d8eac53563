# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Serve the Center on loopback, with everything it needs in one process."""

import os
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.core.management.base import CommandParser
from waitress.server import create_server

from connect_center.mailbox.sink import running_sink
from connect_center.publisher.renewal import keep_signed
from connect_center.wsgi import application

THREADS = 8


class Command(BaseCommand):
    """Brings the database up to date, starts the mail sink and answers HTTP until it is stopped."""

    help = "Serve the Center on this computer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1 (0: a free one)")
        parser.add_argument("--example", action="store_true", help="make the example organisation first")

    def handle(self, *_args: Any, port: int, example: bool, **_options: Any) -> None:
        listener = self._listen(port)
        call_command("migrate", verbosity=0, interactive=False)
        if example:
            call_command("example", verbosity=0)
        keep_signed(Path(settings.CENTER_STATE))
        if settings.CENTER_KEEPS_MAILS:
            running_sink()
        server = create_server(application, sockets=[listener], threads=THREADS, ident=None)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        print(f"CONNECT Center: {address}", flush=True)
        if settings.CENTER_KEEPS_MAILS:
            print(f"Mails: {address}mail/", flush=True)
        server.run()

    def _listen(self, port: int) -> socket.socket:
        try:
            return socket.create_server(("127.0.0.1", port), backlog=128)
        except (OSError, OverflowError) as error:
            self._refuse(port, error)

    def _refuse(self, port: int, error: Exception) -> NoReturn:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        print(
            f"Port {port} of this computer cannot be used ({reason}). Nothing was changed. "
            "Name another one with --port, or leave --port out to take a free one.",
            file=sys.stderr,
        )
        sys.exit(2)

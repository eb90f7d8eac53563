# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A hostile process at the local API: the person at the tray notices nothing of it."""

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.client.conftest import Start
from tests.world.desktop import Desktop
from tests.world.screen import Screen
from tests.world.status_notifier import status_notifier_host
from tests.world.waiting import wait_until

ATTACKERS = 8
CONNECTIONS_EACH = 60


@contextlib.contextmanager
def attack(path: Path) -> Iterator[list[int]]:
    """Connections that are opened, fed with garbage and held, over and over, until the block ends."""
    over = threading.Event()
    sent: list[int] = []

    def one() -> None:
        held: list[socket.socket] = []
        while not over.is_set():
            caller = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            caller.settimeout(1)
            held.append(caller)
            with contextlib.suppress(OSError):
                caller.connect(str(path))
                caller.sendall(os.urandom(4096) + b'\n{"jsonrpc":"2.0","id":1,"method":"signOut"}\n')
                sent.append(4096)
            if len(held) > CONNECTIONS_EACH:
                held.pop(0).close()
        for caller in held:
            caller.close()

    threads = [threading.Thread(target=one, daemon=True) for _ in range(ATTACKERS)]
    for thread in threads:
        thread.start()
    try:
        yield sent
    finally:
        over.set()
        for thread in threads:
            thread.join(timeout=10)


def test_the_tray_answers_while_the_local_api_is_attacked(
    desktop: Desktop, screen: Screen, start_client: Start
) -> None:
    path = Path(desktop.environment["XDG_RUNTIME_DIR"]) / "connection-client" / "broker.sock"
    with status_notifier_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as host:
        client = start_client(desktop.environment, "--hidden")
        host.wait_for_icon()
        wait_until(path.exists, 20, "the local API did not come up")
        with attack(path) as sent:
            wait_until(lambda: len(sent) > 200, 20, "nothing was sent")

            host.press("Open")

            screen.type_into("E-mail address", "bea@lima-survey.example")
            assert client.poll() is None

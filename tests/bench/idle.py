# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the client costs while it waits in the tray: memory, wake-ups and network, beside a bare tray."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tests.bench._rest import at_rest
from tests.bench.figures import Figure, Row
from tests.bench.start import CLIENT, PROJECT, bare_tray, compile_client, waiting_in_tray
from tests.chaos.browser import browser_of
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, running_center
from tests.world.desktop import private_desktop
from tests.world.network import pour

SETTLE_SECONDS, WINDOW_SECONDS, BARE_SECONDS = 90.0, 60.0, 5.0  # Qt looks through its pictures for a minute
SWITCHES_A_MINUTE, CONNECTIONS = 4.0, 1.0


class Gate:
    """A port in front of the Center that counts who comes through."""

    def __init__(self) -> None:
        self.target = 0  # the Center's port, once it is known
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.bytes = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Nobody comes through any more."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                inside, _address = self._listener.accept()
                threading.Thread(target=self._carry, args=(inside,), daemon=True).start()

    def _carry(self, inside: socket.socket) -> None:
        with (
            inside,
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.target)) as out,
        ):
            back = threading.Thread(target=pour, args=(out, inside), daemon=True)
            back.start()
            while chunk := inside.recv(65_536):
                self.bytes += len(chunk)
                out.sendall(chunk)
            out.shutdown(socket.SHUT_WR)
            back.join()


@dataclass(frozen=True)
class Desk:
    """A desktop, and a Center behind a gate, for which the client there is set up."""

    folder: Path
    environment: Mapping[str, str]
    gate: Gate


def measure() -> list[Row]:
    """Both programs wait on the same desktop, one after the other; the client has a real Center.

    Pages that several processes have open count by their share, so what else is there must be the same for
    both: the desktop's parts and the Center, of which none has Qt open, and neither program while the other
    is measured.
    """
    with running_desk() as desk:
        log = desk.folder / "bare.log"
        with waiting_in_tray(bare_tray(desk.folder), desk.environment, log) as waiting:
            time.sleep(BARE_SECONDS)
            bare = at_rest(waiting.pid, BARE_SECONDS)
        log = desk.folder / "client.log"
        with waiting_in_tray(CLIENT, desk.environment, log) as waiting:
            time.sleep(SETTLE_SECONDS)
            asked = desk.gate.bytes
            client = at_rest(waiting.pid, WINDOW_SECONDS)
            network = desk.gate.bytes - asked
        assert asked, f"the client never asked the Center: {log.read_text()}"
    return [
        Figure("idle: memory (PSS)", client.memory, bare.memory, "MB", "a bare PySide6 tray", 1.5),
        Figure("idle: context switches", client.switches, SWITCHES_A_MINUTE, "/m", "what is allowed", 1.0),
        Figure("idle: bytes to the Center", network, CONNECTIONS, "B", "none is allowed", 0.0),
    ]


@contextlib.contextmanager
def running_desk() -> Iterator[Desk]:
    """Everything that the client needs to wait as at a person's desk, who has signed in."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        gate = Gate()
        stack.callback(gate.close)
        address = f"http://127.0.0.1:{gate.port}"
        with patch.dict(
            os.environ, CENTER_BASE_URL=address
        ):  # its sign-in and renewals come this way as well
            center = stack.enter_context(running_center(folder / "center"))
        gate.target = int(center.address.rstrip("/").rpartition(":")[2])
        desktop = stack.enter_context(private_desktop(folder / "desktop", tray=False))
        config = desktop.session.config
        config.mkdir(parents=True, exist_ok=True)
        root = center.state / "tuf" / "metadata" / "1.root.json"
        settings = {"center_url": address, "trusted_root": str(root)}
        (config / "settings.json").write_text(json.dumps(settings))
        compile_client()
        browser = browser_of(ADMINISTRATOR, ADMINISTRATOR_PASSWORD, folder / "login")
        signing_in = {**desktop.environment, "PYTHONPATH": str(PROJECT), "BROWSER": browser}
        words = [sys.executable, "-m", "connection_client", "sign-in", ADMINISTRATOR]
        subprocess.run(words, env=signing_in, check=True, capture_output=True, timeout=120)
        yield Desk(folder, desktop.environment, gate)

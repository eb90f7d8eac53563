# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the client costs while it waits in the tray: memory, wake-ups and network, beside a bare tray."""

import contextlib
import json
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.start import BARE_TRAY
from tests.world.center import running_center
from tests.world.desktop import private_desktop
from tests.world.network import pour
from tests.world.processes import end, start
from tests.world.status_notifier import status_notifier_host

SETTLE_SECONDS, WINDOW_SECONDS = 25.0, 30.0
SWITCHES_A_MINUTE, CONNECTIONS = 4.0, 1.0


class Gate:
    """A port in front of the Center that counts who comes through."""

    def __init__(self, port: int) -> None:
        self._target = port
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
            socket.create_connection(("127.0.0.1", self._target)) as out,
        ):
            back = threading.Thread(target=pour, args=(out, inside), daemon=True)
            back.start()
            while chunk := inside.recv(65_536):
                self.bytes += len(chunk)
                out.sendall(chunk)
            out.shutdown(socket.SHUT_WR)
            back.join()


def measure() -> list[Figure]:
    """Both programs wait on the same desktop, one after the other; the client has a real Center."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        center = stack.enter_context(running_center(folder / "center"))
        gate = Gate(int(center.address.rstrip("/").rpartition(":")[2]))
        stack.callback(gate.close)
        desktop = stack.enter_context(private_desktop(folder / "desktop", tray=False))
        config = desktop.session.config
        config.mkdir(parents=True, exist_ok=True)
        root = center.state / "tuf" / "metadata" / "1.root.json"
        settings = {"center_url": f"http://127.0.0.1:{gate.port}", "trusted_root": str(root)}
        (config / "settings.json").write_text(json.dumps(settings))
        (folder / "bare.py").write_text(BARE_TRAY)
        host = status_notifier_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
        tray = stack.enter_context(host)
        environment = dict(desktop.environment)
        with waiting([sys.executable, str(folder / "bare.py")], environment, folder / "bare.log") as pid:
            tray.wait_for_icon()
            time.sleep(5)
            bare = memory(pid)
        command = [sys.executable, "-m", "connection_client", "--hidden"]
        with waiting(command, environment, folder / "client.log") as pid:
            time.sleep(SETTLE_SECONDS)
            asked = gate.bytes
            before, sent = switches(pid), gate.bytes
            time.sleep(WINDOW_SECONDS)
            switched = (switches(pid) - before) * 60 / WINDOW_SECONDS
            network, client = gate.bytes - sent, memory(pid)
        assert asked, f"the client never asked the Center: {(folder / 'client.log').read_text()}"
    return [
        Figure("idle: memory (PSS)", client, bare, "MB", "a bare PySide6 tray", 1.5),
        Figure("idle: context switches", switched, SWITCHES_A_MINUTE, "/m", "what is allowed", 1.0),
        Figure("idle: bytes to the Center", network, CONNECTIONS, "B", "none is allowed", 0.0),
    ]


@contextlib.contextmanager
def waiting(command: list[str], environment: dict[str, str], log: Path) -> Iterator[int]:
    """The program's process id while it runs."""
    process = start(command, environment, log)
    try:
        yield process.pid
    finally:
        end(process)


def memory(pid: int) -> float:
    """Proportional set size in MB: what is shared counts by its share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def switches(pid: int) -> int:
    """Context switches of all threads so far, of their own will and not."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            for line in (task / "status").read_text().splitlines():
                if "ctxt_switches" in line:
                    total += int(line.split()[1])
    return total

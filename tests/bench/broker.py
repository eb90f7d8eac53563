# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How soon an application has its answer, how many are served at once, and what the kit's import costs."""

import os
import resource
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from connection_client import sdk
from tests.bench.figures import Figure
from tests.world.broker import Caller, Desk, running_broker
from tests.world.desktop import private_desktop

ROOT = Path(__file__).parents[2]
CALLS = 300
PER_SECOND = 100
CALLERS = 1000
SETTLE_SECONDS = 2.0
LIMIT_MS = 3.0  # for 99 of 100 answers
IMPORT_MS = 25.0  # beyond bare Python
_ECHO = "an echo over a Unix socket"


def measure() -> list[Figure]:
    """The figures of the broker and of the kit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8 * CALLERS)), hard))
    with TemporaryDirectory(prefix="bench-") as runtime:
        os.environ["XDG_RUNTIME_DIR"] = runtime
        with running_broker(Path(runtime) / "connection-client", Desk()) as broker:
            answers = _paced(lambda: sdk.entitlement("survey-viewer"))
            at_once = _at_once(broker.path)
        echo = _echo(Path(runtime) / "echo.sock")
    while_drawing = statistics.quantiles(_while_the_window_repaints(), n=100)[98]
    p99 = statistics.quantiles(answers, n=100)[98]
    added = _import_ms("import connection_client.sdk") - _import_ms("pass")
    return [
        Figure("local API: entitlement, median", statistics.median(answers), echo, "ms", _ECHO),
        _limited("local API: entitlement, 99 of 100", p99, LIMIT_MS, f"what is allowed at {PER_SECOND}/s"),
        _limited("local API: the same while the window repaints", while_drawing, LIMIT_MS, "what is allowed"),
        Figure(f"local API: {CALLERS:,} callers at once, each", at_once, echo, "ms", _ECHO),
        _limited(
            "import of the kit for applications", added, IMPORT_MS, "what is allowed beyond bare Python"
        ),
    ]


def _limited(name: str, value: float, limit: float, what: str) -> Figure:
    """A figure that must not be above what is allowed."""
    return Figure(name, value, limit, "ms", what, 1.0)


def _paced(call: Callable[[], object]) -> list[float]:
    """Milliseconds of each call, at a steady rate."""
    taken: list[float] = []
    start = time.perf_counter()
    for number in range(CALLS):
        time.sleep(max(0.0, start + number / PER_SECOND - time.perf_counter()))
        before = time.perf_counter()
        call()
        taken.append((time.perf_counter() - before) * 1000)
    return taken


def _while_the_window_repaints() -> list[float]:
    """Milliseconds of each call to a process that draws its window sixty times a second."""
    with (
        TemporaryDirectory(prefix="bench-") as scratch,
        private_desktop(Path(scratch), tray=False) as desktop,
    ):
        runtime = desktop.environment["XDG_RUNTIME_DIR"]
        os.environ["XDG_RUNTIME_DIR"] = runtime
        command = [sys.executable, "-m", "tests.world.repainting", f"{runtime}/connection-client"]
        environment = {**desktop.environment, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as window:
            if window.stdout is None or not window.stdout.readline():
                raise RuntimeError("the window did not start")
            time.sleep(SETTLE_SECONDS)
            taken = _paced(lambda: sdk.entitlement("survey-viewer"))
            window.communicate(timeout=20)
    return taken


def _at_once(path: Path) -> float:
    """Milliseconds an answer while so many connections are open, all of which are served."""
    callers = [Caller(path) for _ in range(CALLERS)]
    before = time.perf_counter()
    served = sum("result" in caller.ask("entitlement", product="survey-viewer") for caller in callers)
    taken = (time.perf_counter() - before) * 1000 / CALLERS
    for caller in callers:
        caller.__exit__()
    if served != CALLERS:
        raise RuntimeError(f"only {served} of {CALLERS} callers were served")
    return taken


def _echo(path: Path) -> float:
    """Milliseconds of connecting, sending a line and getting it back, without any broker."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen()

        def serve() -> None:
            for _ in range(CALLS):
                connection, _address = listening.accept()
                with connection:
                    connection.sendall(connection.recv(4096))

        thread = threading.Thread(target=serve)
        thread.start()

        def call() -> None:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
                asking.connect(str(path))
                asking.sendall(b"x" * 100 + b"\n")
                asking.recv(4096)

        taken = _paced(call)
        thread.join()
    return statistics.median(taken)


def _import_ms(statement: str) -> float:
    """The shortest of ten runs: the least disturbed one."""
    command = [sys.executable, "-IS", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {statement}"]
    taken: list[float] = []
    for _ in range(10):
        before = time.perf_counter()
        subprocess.run(command, check=True)
        taken.append((time.perf_counter() - before) * 1000)
    return min(taken)

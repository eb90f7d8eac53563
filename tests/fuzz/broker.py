# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is fuzzed at the local API: a broker on a real socket, in a process of its own, and hostile callers.

After each input it has to answer a good question in time, with no more memory than a bound. The module is
also that process: `python -m tests.fuzz.broker FOLDER`.
"""

import atexit
import json
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import psutil
from hypothesis import strategies as st

from connection_client.broker.conversation import Limits
from connection_client.broker.peers import CallRate
from tests.world.broker import Caller, Desk, running_broker

ROOT: Final = Path(__file__).parents[2]
_MOST_GROWTH: Final = 64 << 20  # bytes
_PATIENCE: Final = 5.0  # seconds for the answer to a good question
_METHODS: Final = (
    "hello",
    "status",
    "entitlement",
    "signIn",
    "subscribe",
    "token",
    "",
    "__init__",
    "changed",
)
_NAMES: Final = ("jsonrpc", "id", "method", "params", "protocol", "product", "version", "level", "audience")

_TEXT: Final = st.text(max_size=40) | st.sampled_from(["2.0", "survey-viewer", "\x00", "\ud800", "x" * 129])
_NUMBER: Final = st.integers() | st.floats() | st.sampled_from([-1, 1, 9999, 10**400, -(10**4000), 1e308])
_ANY: Final = st.recursive(
    st.none() | st.booleans() | _NUMBER | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=10,
)
_PARAMETERS: Final = st.fixed_dictionaries(
    {},
    optional={
        "protocol": st.just(1) | _ANY,
        "product": st.just("survey-viewer") | _ANY,
        "version": _TEXT | _ANY,
        "level": st.integers(-1, 10_000) | _ANY,
        "audience": st.just("survey-cloud") | _ANY,
    },
)
_REQUEST: Final = st.fixed_dictionaries(
    {"jsonrpc": st.just("2.0"), "method": st.sampled_from(_METHODS)},
    optional={"id": st.integers(0, 99) | _ANY, "params": _PARAMETERS | _ANY},
)


def _as_line(value: object) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except ValueError:  # a number of more digits than Python prints
        return b"9" * 5000


_GOOD_LINE: Final = _REQUEST.map(_as_line)
_LINE: Final = (
    _GOOD_LINE
    | st.builds(
        lambda line, place, noise: line[:place] + noise + line[place:],
        _GOOD_LINE,
        st.integers(0, 80),
        st.binary(max_size=8),
    )
    | st.dictionaries(st.sampled_from(_NAMES), _ANY, max_size=5).map(_as_line)
    | _ANY.map(_as_line)
    | st.binary(max_size=200)
    | st.builds(
        lambda mark, count: mark * count,
        st.sampled_from([b"[", b'{"a":', b"9", b"\x00", b" "]),
        st.sampled_from([100, 5000, 60_000, 70_000]),
    )
)
_STREAM: Final = st.builds(
    lambda lines, end: b"\n".join(lines) + end,
    st.lists(_LINE, max_size=6),
    st.sampled_from([b"\n", b"", b"\r\n"]),
)
_CALLER: Final = st.tuples(_STREAM, st.lists(st.integers(0, 400), max_size=4), st.booleans())
CALLERS: Final = st.lists(_CALLER, min_size=1, max_size=12)


class _Broker:
    """The process, with what it weighed after its first answers."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fuzz-")
        folder = Path(self._folder.name) / "runtime"
        self.path = folder / "broker.sock"
        command = [sys.executable, "-m", "tests.fuzz.broker", str(folder)]
        self._complaints = Path(self._folder.name) / "complaints"
        with self._complaints.open("wb") as complaints:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints
            )
        atexit.register(self.stop)
        if self.process.stdout is None or self.process.stdout.readline() != b"ready\n":
            raise RuntimeError("the broker did not start")
        for _ in range(50):
            self.ask()
        self._light = self._weight()

    def ask(self) -> None:
        """A good question, which has to be answered whatever came before."""
        with Caller(self.path, seconds=_PATIENCE) as caller:
            assert caller.ask("entitlement", product="survey-viewer")["result"]["entitled"] is True

    def complaints(self) -> str:
        """What it wrote of errors that nobody had thought of."""
        return self._complaints.read_text()

    def growth(self) -> int:
        return self._weight() - self._light

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self._folder.cleanup()

    def _weight(self) -> int:
        return int(psutil.Process(self.process.pid).memory_info().rss)


@cache
def _running() -> _Broker:
    return _Broker()


def attack(callers: list[tuple[bytes, list[int], bool]]) -> None:
    """Many connections, each with a stream in pieces; some read their answers, the others just leave."""
    broker = _running()
    with ExitStack() as stack:
        open_ones = [(stack.enter_context(Caller(broker.path, seconds=_PATIENCE)), *one) for one in callers]
        for caller, stream, cuts, _reads in open_ones:
            with suppress(BrokenPipeError, ConnectionResetError):  # cut off, as it may be
                for piece in _pieces(stream, cuts):
                    caller.send(piece)
        for caller, _stream, _cuts, reads in open_ones:
            if reads:
                _read(caller)
    broker.ask()
    assert broker.process.poll() is None
    assert broker.complaints() == ""
    assert broker.growth() < _MOST_GROWTH


def _pieces(stream: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, *(cut for cut in cuts if cut < len(stream)), len(stream)})
    return [stream[start:end] for start, end in pairwise(places)]


def _read(caller: Caller) -> None:
    """Every answer up to that of a last good question, or to the end where the caller was cut off."""
    with suppress(BrokenPipeError, ConnectionResetError):
        caller.send(b'\n{"jsonrpc":"2.0","id":"the last","method":"hello"}\n')
    while (answer := caller.line()) is not None:
        _check(answer)
        if answer.get("id") == "the last":
            assert "result" in answer
            return


def _check(answer: dict[str, Any]) -> None:
    """An answer of JSON-RPC or a notification, which says neither several things nor nothing."""
    assert answer["jsonrpc"] == "2.0"
    assert ("result" in answer) + ("error" in answer) + ("method" in answer) == 1
    if "error" in answer:
        assert isinstance(answer["error"]["code"], int)
        assert answer["error"]["code"] != -32603, "it failed inside"


if __name__ == "__main__":
    limits = Limits(idle=_PATIENCE, line=0.5)
    with running_broker(Path(sys.argv[1]), Desk(), limits=limits, rate=CallRate(1e9, 10**9)):
        print("ready", flush=True)
        sys.stdin.read()

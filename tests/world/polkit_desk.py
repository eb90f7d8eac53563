# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Somebody at a client without a terminal, as on a desktop, and the programs that ask for passwords there."""

import contextlib
import json
import os
import select
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from tests.world import processes
from tests.world.terminal import Terminal, terminal

PARTS = "opt/connection-client"
SECONDS = 60.0


class Desk:
    """A client that waits, by its process number there; `command` makes words those of its person."""

    def __init__(
        self,
        command: Callable[..., list[str]],
        program: "subprocess.Popen[bytes]",
        number: int,
        result: Path,
    ) -> None:
        self._command = command
        self._program = program
        self._number = number
        self._result = result

    def begin(self) -> None:
        """Press the button."""
        assert self._program.stdin is not None
        self._program.stdin.write(b"begin\n")
        self._program.stdin.flush()

    def ended(self) -> Mapping[str, str]:
        """How it ended."""
        self._program.wait(SECONDS)
        return outcome(self._result)

    def agent(self, **variables: str) -> contextlib.AbstractContextManager[Terminal]:
        """Polkit's own agent, asking for this client in a window of its own."""
        return agent_of(self._command, self._number, self._result.with_suffix(".pipe"), **variables)

    @contextlib.contextmanager
    def dismissing_agent(self, **variables: str) -> Iterator[IO[bytes]]:
        """One whose person presses Cancel; what it was asked, line by line."""
        words = ["/usr/bin/python3", "-I", f"/{PARTS}/polkit_agent.py", str(self._number)]
        command = self._command(*words, **variables)
        with subprocess.Popen(command, stdout=subprocess.PIPE) as agent:
            try:
                assert agent.stdout is not None
                assert agent.stdout.readline() == b"[]\n"
                yield agent.stdout
            finally:
                processes.end(agent)


@contextlib.contextmanager
def agent_of(
    command: Callable[..., list[str]], number: int, pipe: Path, **variables: str
) -> Iterator[Terminal]:
    """Polkit's own agent for one process, once polkit knows of it; `pipe` is made in the person's folder."""
    os.mkfifo(pipe)
    pipe.chmod(0o622)
    # Opened by the agent alone, or others would hold the end that tells when polkit knows of it.
    script = 'exec pkttyagent --process "$1" --notify-fd 3 3>"$2"'
    words = ["sh", "-c", script, "sh", str(number), f"/home/{pipe.parent.name}/{pipe.name}"]
    known = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with terminal(command("setsid", "--ctty", "--wait", *words, **variables)) as shown:
        waiting = select.poll()
        waiting.register(known, select.POLLHUP)
        assert waiting.poll(SECONDS * 1000), "polkit does not know of the agent"
        os.close(known)
        yield shown


def outcome(result: Path) -> Mapping[str, str]:
    """`code` and `text` of the error that it ended with, empty where it ended well."""
    told: Mapping[str, str] = json.loads(result.read_text())
    return told

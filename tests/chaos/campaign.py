# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Kills a client that installs, at random moments, and looks each time at what it left behind."""

import hashlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from connection_client.domain.errors import ClientError
from tests.world.catalogues import package_json, product_json, release_json
from tests.world.delivery import Delivery
from tests.world.packages import make_deb

# A name that nothing else on this computer has: an application that runs is not updated.
_PRODUCT, _NAME = "chaos-viewer", "chaos-viewer-ses"
_FILLER = {"/usr/share/survey/points.bin": "0123456789abcdef" * 60_000}
_KILLS_EACH = 6  # of one release; then it may come to its end
_LONGEST_SECONDS = 60.0


@dataclass(frozen=True)
class Kill:
    """One kill: of the client alone, or of everything that it had started, as a pulled plug does."""

    after: float
    whole: bool
    was_over: bool


class Campaign:
    """Releases follow each other; `say` hears of each kill. Raises AssertionError at a wrong state."""

    def __init__(self, world: Delivery, number: int) -> None:
        self._world = world
        self._random = random.Random(number)  # noqa: S311  # no secret
        self._typical = 1.5  # seconds of an undisturbed installation
        self._programs: dict[str, str] = {}
        self.kills: list[Kill] = []

    def run(self, kills: int, say: Callable[[Kill], None] = lambda _: None) -> None:
        """Until so many kills were made; every release is installed in the end."""
        before, release = self._deb(0), 0
        self._world.computer.install(before)
        while len(self.kills) < kills:
            release += 1
            old, new = f"10.{release - 1}", f"10.{release}"
            content = self._publish(release)
            for _ in range(_KILLS_EACH):
                if len(self.kills) < kills and self._version() != new:
                    self.kills.append(self._kill_once())
                    self._check(old, new, content)
                    say(self.kills[-1])
            self._finish(new)

    def _publish(self, release: int) -> bytes:
        deb = self._deb(release)
        version = f"10.{release}"
        self._world.publish(product_json(_PRODUCT, release_json(version, package_json(deb))))
        return deb.read_bytes()

    def _deb(self, release: int) -> Path:
        text = f"#!/bin/sh\necho 10.{release}\n"
        self._programs[f"10.{release}"] = text
        files = {f"/usr/bin/{_NAME}": text, **_FILLER}
        return make_deb(self._world.files, _NAME, f"10.{release}", files=files, compression="none")

    def _kill_once(self) -> Kill:
        child = self._start()
        after = self._random.uniform(0.02, self._typical)
        deadline = time.monotonic() + after
        while time.monotonic() < deadline and child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.005)
        was_over = child.status() == psutil.STATUS_ZOMBIE
        # Half of the kills should come in time, however quick this computer is.
        self._typical *= 0.9 if was_over else 1.1
        whole = self._random.random() < 0.5
        family = _family(child)
        for one in [child, *family] if whole else [child]:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        os.waitpid(child.pid, 0)
        # What lives on after the client alone was killed is an installer, which ends in its own time.
        psutil.wait_procs(family, timeout=_LONGEST_SECONDS)
        return Kill(after, whole, was_over)

    def _start(self) -> psutil.Process:
        pid = os.fork()
        if pid:
            return psutil.Process(pid)
        status = 1
        try:
            os.setsid()
            status = self._install()
        finally:
            os._exit(status)

    def _install(self) -> int:
        """In the child: the client as after a start, with connections of its own."""
        with httpx.Client(trust_env=False, timeout=5) as client:
            self._world.client = client
            try:
                workspace = self._world.workspace()
                workspace.refresh()
                workspace.install(_PRODUCT, lambda _: None, threading.Event())
            except ClientError as error:
                with (self._world.folder / "errors").open("a") as errors:
                    errors.write(f"{error}\n")
                return 3
        return 0

    def _check(self, old: str, new: str, content: bytes) -> None:
        """The old or the new one, whole; of the download a beginning or all of it."""
        version = self._version()
        assert version in (old, new, ""), version
        if version:
            program = self._world.computer.root / f"usr/bin/{_NAME}"
            assert program.read_text() in (self._programs[old], self._programs[new])
        for part in self._world.downloads.glob("*.part"):
            assert content.startswith(part.read_bytes())
        for whole in self._world.downloads.glob("*.deb"):
            assert hashlib.sha256(whole.read_bytes()).hexdigest() == whole.stem
        view = self._world.workspace().open()
        assert all(row.busy is None for row in view.rows)

    def _finish(self, new: str) -> None:
        """Without a kill it comes to its end, whatever happened before."""
        if self._version() != new:
            child = self._start()
            _, status = os.waitpid(child.pid, 0)
            assert self._version() == new, f"status {os.waitstatus_to_exitcode(status)}: {self._last_log()}"
        text = (self._world.computer.root / f"usr/bin/{_NAME}").read_text()
        assert text == self._programs[new]

    def _last_log(self) -> str:
        logs = sorted(self._world.logs.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        errors = self._world.folder / "errors"
        said = errors.read_text() if errors.exists() else ""
        return said + (logs[-1].read_text("utf-8", "replace") if logs else "")

    def _version(self) -> str:
        return self._world.computer.version(_NAME)


def _family(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []

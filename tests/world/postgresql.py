# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of one's own on a Unix socket, from Debian's package, gone when the block ends.

`python -m tests.world.postgresql COMMAND…` runs a command with one at `CENTER_DATABASE_URL`: the same tests
on another database are `./run python -m tests.world.postgresql pytest tests/center`.
"""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"  # the server refuses to run as root
_NUMBERS = itertools.count(1)


class PostgresqlMissing(Exception):
    """Debian's package postgresql is not installed."""


class Postgresql:
    """A running server; its socket lies in `folder`, and everybody of this computer is trusted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> str:
        """A new, empty database; its address."""
        name = f"center_{os.getpid()}_{next(_NUMBERS)}"
        self.run(["createdb", name])
        return f"postgresql://{OWNER}@/{name}?host={self.folder}"

    def run(self, command: Sequence[str]) -> bytes:
        """Run one of PostgreSQL's programs against this server; what it wrote."""
        environment = {**os.environ, "PGHOST": str(self.folder), "PGUSER": OWNER}
        program, *arguments = command
        done = subprocess.run(
            [str(programs() / program), *arguments],
            env=environment,
            capture_output=True,
            timeout=60,
            check=True,
        )
        return done.stdout


def programs() -> Path:
    """The folder of the newest server's programs; raises PostgresqlMissing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found:
        raise PostgresqlMissing("Debian's package postgresql is not installed.")
    return found[-1].parent


@contextmanager
def running_postgresql() -> Iterator[Postgresql]:
    """Start a server that forgets everything; nothing is written to the disk with care, for speed."""
    folder = Path(tempfile.mkdtemp(prefix="postgresql-", dir="/tmp"))  # a socket's path must be short
    try:
        if os.getuid() == 0:
            shutil.chown(folder, OWNER, OWNER)
        control = [str(programs() / "pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log")]
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off -c jit=off"
        _as_owner(
            [str(programs() / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", OWNER, "-E", "UTF8"]
        )
        _as_owner([*control, "-w", "-o", options, "start"])
        try:
            yield Postgresql(folder)
        finally:
            _as_owner([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_owner(command: Sequence[str]) -> None:
    words = ["runuser", "-u", OWNER, "--", *command] if os.getuid() == 0 else list(command)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")


def of_address(address: str) -> Postgresql:
    """The server of an address that `create` gave."""
    return Postgresql(Path(address.partition("host=")[2]))


def main(command: Sequence[str]) -> int:
    """Run the command with a database of its own."""
    with running_postgresql() as server:
        environment = {**os.environ, "CENTER_DATABASE_URL": server.create()}
        return subprocess.run(list(command), env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

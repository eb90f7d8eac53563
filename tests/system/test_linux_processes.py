# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Running applications are seen in the real /proc."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connection_client.domain.installed import Evidence, InstalledProduct, LaunchTarget
from connection_client.system.dpkg_database import DpkgDatabase
from connection_client.system.linux_processes import LinuxProcesses


def product(command: Path, product_id: str = "viewer") -> InstalledProduct:
    return InstalledProduct(product_id, None, "1", (Evidence("test", ""),), LaunchTarget((str(command),)))


@contextmanager
def running(*command: str) -> Iterator[None]:
    """A process that says when it is up."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE)
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"up\n"
        yield
    finally:
        process.communicate()


@pytest.fixture
def processes(tmp_path: Path) -> LinuxProcesses:
    return LinuxProcesses(DpkgDatabase(tmp_path))


def script(folder: Path, interpreter: str = sys.executable) -> Path:
    path = folder / "viewer-ses"
    path.write_text(f"#!{interpreter}\nprint('up', flush=True)\ninput()\n")
    path.chmod(0o755)
    return path


def test_a_script_is_seen_while_it_runs(processes: LinuxProcesses, tmp_path: Path) -> None:
    program = script(tmp_path)
    with running(str(program)):
        assert processes.running([product(program)]) == {"viewer"}

    assert processes.running([product(program)]) == frozenset()


def test_a_document_that_is_open_somewhere_is_no_running_program(
    processes: LinuxProcesses, tmp_path: Path
) -> None:
    document = tmp_path / "document"
    document.touch()
    program = script(tmp_path)
    with running(str(program), str(document)):
        assert processes.running([product(document)]) == frozenset()


def test_files_of_the_package_count(tmp_path: Path) -> None:
    program = script(tmp_path)
    info = tmp_path / "root/var/lib/dpkg/info"
    info.mkdir(parents=True)
    (info / "viewer-ses.list").write_text(f"/.\n/usr\n{program}\n")
    processes = LinuxProcesses(DpkgDatabase(tmp_path / "root"))
    found = InstalledProduct("viewer", None, "1", (Evidence("dpkg", "viewer-ses:all", "1"),))

    with running(sys.executable, "-u", str(program)):
        assert processes.running([found]) == {"viewer"}


def test_the_client_itself_is_never_in_the_way(processes: LinuxProcesses) -> None:
    own = product(Path("/proc/self/exe").readlink(), "connection-client")

    assert processes.running([own]) == frozenset()


def test_a_part_that_the_publisher_names_is_seen_beside_the_program(
    processes: LinuxProcesses, tmp_path: Path
) -> None:
    part = script(tmp_path)
    viewer = InstalledProduct(
        "viewer", None, "1", (), LaunchTarget((str(tmp_path / "viewer"),)), ("viewer", part.name)
    )
    assert processes.running([viewer]) == frozenset()
    with running(str(part)):
        assert processes.running([viewer]) == {"viewer"}

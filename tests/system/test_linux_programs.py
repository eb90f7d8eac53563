# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications that an interpreter or flatpak runs are told apart, in the real /proc."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from connection_client.domain.installed import Evidence, InstalledProduct, LaunchTarget
from connection_client.system.dpkg_database import DpkgDatabase
from connection_client.system.linux_processes import LinuxProcesses
from connection_client.system.linux_programs import marks_of_command
from connection_client.system.rpm_detection import RpmDetector
from tests.world.rpms import install_rpm, make_rpm

VIEWER, OTHER = "com.example.SurveyViewer", "com.example.MeshViewer"
_UP = "print('up', flush=True)\ninput()\n"


@contextmanager
def running(words: Sequence[str], folder: Path | None = None, program: str | None = None) -> Iterator[None]:
    """A process that says when it is up; `program` is the file where the words name another."""
    process = subprocess.Popen(
        words, executable=program, cwd=folder, stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"up\n"
        yield
    finally:
        process.communicate()


def started(*words: str, folder: Path | None = None) -> InstalledProduct:
    return InstalledProduct("viewer", None, "1", (), LaunchTarget(words, working_folder=folder))


@pytest.fixture
def processes(tmp_path: Path) -> LinuxProcesses:
    return LinuxProcesses(DpkgDatabase(tmp_path))


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        (("/usr/bin/python3", "/opt/x/x.py", "%f"), "/opt/x/x.py"),
        (("/usr/bin/python3", "-X", "utf8", "-u", "x.py"), "/here/x.py"),
        (("python3.11", "-m", "viewer", "a"), "-m viewer"),
        (("/usr/bin/java", "-jar", "/opt/x.jar"), "/opt/x.jar"),
        (("/usr/bin/shotwell", "picture.jpg"), "/usr/bin/shotwell"),
        (("/usr/bin/env", "LANG=C", "A=b", "/opt/viewer", "x"), "/opt/viewer"),
        (("/usr/bin/flatpak", "run", "--user", VIEWER), f"flatpak:{VIEWER}"),
        (("flatpak", "run", "--branch=stable", "--command=x", VIEWER, "@@u"), f"flatpak:{VIEWER}"),
        (("/usr/bin/python3",), "/usr/bin/python3"),
        (("sh",), str(shutil.which("sh"))),
    ],
)
def test_what_starts_an_application_is_what_it_is_known_by(words: tuple[str, ...], mark: str) -> None:
    assert list(marks_of_command(words, Path("/here"))) == [mark]


@pytest.mark.parametrize("words", [(), ("env",), ("env", "A=b"), ("no-such-program-here",)])
def test_what_starts_nothing_is_known_by_nothing(words: tuple[str, ...]) -> None:
    assert list(marks_of_command(words, None)) == []


def test_another_script_of_the_same_interpreter_is_another_application(
    processes: LinuxProcesses, tmp_path: Path
) -> None:
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text(_UP)
    one, two = (started(sys.executable, str(tmp_path / name)) for name in ("one.py", "two.py"))
    beside = started(sys.executable, "one.py", folder=tmp_path)
    with running([sys.executable, "-X", "utf8", "one.py"], tmp_path):
        assert processes.running([one]) == {"viewer"}
        assert processes.running([beside]) == {"viewer"}
        assert processes.running([two]) == frozenset()
    assert processes.running([one]) == frozenset()


def test_a_module_is_told_from_other_modules(processes: LinuxProcesses, tmp_path: Path) -> None:
    (tmp_path / "viewer_ses.py").write_text(_UP)
    with running([sys.executable, "-m", "viewer_ses"], tmp_path):
        assert processes.running([started(sys.executable, "-m", "viewer_ses")]) == {"viewer"}
        assert processes.running([started(sys.executable, "-m", "mesh_ses")]) == frozenset()


def test_one_version_that_runs_is_the_product(processes: LinuxProcesses, tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text(_UP)
    old, new = (started(sys.executable, str(tmp_path / name)) for name in ("old.py", "new.py"))
    with running([sys.executable, str(tmp_path / "old.py")]):
        assert processes.running([old, new]) == {"viewer"}


@contextmanager
def sandboxed(application: str, folder: Path) -> Iterator[None]:
    """A process in a sandbox as flatpak makes them, with flatpak's own file at its root."""
    info = folder / "info"
    info.write_text(
        f"[Application]\nname={application}\nruntime=runtime/org.example/x86_64/1\n\n[Instance]\na=b\n"
    )
    bwrap = shutil.which("bwrap")
    assert bwrap is not None
    mounts = [
        word
        for name in ("/usr", "/lib", "/lib64", "/bin")
        if Path(name).exists()
        for word in ("--ro-bind", name, name)
    ]
    words = [bwrap, "--unshare-user", "--unshare-pid", *mounts, "--proc", "/proc"]
    words += ["--ro-bind", str(info), "/.flatpak-info", "/bin/sh", "-c", "echo up; read line"]
    with running(words):
        yield


def can_sandbox() -> bool:
    words = ["bwrap", "--unshare-user", "--unshare-pid", "--ro-bind", "/", "/", "/bin/true"]
    return shutil.which("bwrap") is not None and not subprocess.run(words, check=False).returncode


@pytest.mark.skipif(not can_sandbox(), reason="bwrap makes no sandbox here")
def test_a_flatpak_is_seen_in_its_sandbox_and_flatpak_itself_is_none(
    processes: LinuxProcesses, tmp_path: Path
) -> None:
    viewer, other = (started("/usr/bin/flatpak", "run", "--user", name) for name in (VIEWER, OTHER))
    with sandboxed(VIEWER, tmp_path):
        assert processes.running([viewer]) == {"viewer"}
        assert processes.processes_of(viewer)
        assert processes.running([other]) == frozenset()
    assert processes.running([viewer]) == frozenset()
    with running(["/usr/bin/flatpak", "-c", _UP], program=sys.executable):  # say, an update of something
        assert processes.running([viewer, other]) == frozenset()


@pytest.mark.skipif(shutil.which("rpmbuild") is None, reason="rpm is not installed")
def test_files_of_an_rpm_count_and_are_asked_for_once(tmp_path: Path) -> None:
    root = tmp_path / "root"
    install_rpm(root, make_rpm(tmp_path / "made", "survey-viewer-ses", "10.1.0.12"))
    asked = tmp_path / "asked"
    program = tmp_path / "rpm"
    program.write_text(f'#!/bin/sh\necho one >> {asked}\nexec {shutil.which("rpm")} "$@"\n')
    program.chmod(0o755)
    processes = LinuxProcesses(DpkgDatabase(root), rpm=RpmDetector(root, str(program)))
    evidence = Evidence("rpm", "survey-viewer-ses.noarch", "10.1.0.12-1")
    viewer = InstalledProduct("viewer", None, "10.1.0.12", (evidence,))
    file = "/usr/bin/survey-viewer-ses"

    assert processes.running([viewer]) == frozenset()
    with running([file, "-c", _UP], program=sys.executable):
        assert processes.running([viewer]) == {"viewer"}
    assert asked.read_text() == "one\n"
    for wrong in ("--eval=%(id).noarch", "no-such-package.noarch", ""):
        assert RpmDetector(root).files_of(wrong, "1-1") == ()


def test_processes_of_others_and_broken_words_lose_only_themselves(tmp_path: Path) -> None:
    for number, info in (
        ("1", "[Application]\nname="),
        ("2", "no file of keys"),
        ("3", f"[Application]\nname={VIEWER}"),
    ):
        folder = tmp_path / number
        (folder / "root").mkdir(parents=True)
        (folder / "root/.flatpak-info").write_text(info)
        (folder / "cmdline").write_bytes(b"\xff\0x\0")
    (tmp_path / "1/exe").symlink_to("/gone")
    processes = LinuxProcesses(DpkgDatabase(tmp_path), proc=tmp_path)
    assert processes.processes_of(started("/usr/bin/flatpak", "run", VIEWER)) == {3}

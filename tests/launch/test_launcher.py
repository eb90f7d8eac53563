# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Real programs: started detached and clean, or refused with the reason."""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal

import psutil
import pytest

from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.installed import InstalledProduct, LaunchTarget
from connection_client.domain.launch_errors import (
    ApplicationExited,
    ApplicationForOtherComputer,
    ApplicationIncomplete,
    ApplicationMissing,
    NotEntitled,
)
from connection_client.domain.texts import explain
from connection_client.domain.versions import Version
from connection_client.launch.launcher import Launcher
from connection_client.system.linux_launch import LinuxPrograms, clean_environment, last_words
from tests.launch.conftest import Desk
from tests.world.signing_center import PRODUCT, SigningCenter
from tests.world.waiting import wait_until

NAME = "Survey Viewer SES"
# Tells what it was started with, and then waits until a file called "end" stands beside it.
REPORTING = """\
#!{python} -IS
import json, os, sys, time
here = os.path.dirname(os.path.realpath(__file__))
report = {{
    "arguments": sys.argv[1:], "environment": dict(os.environ), "folder": os.getcwd(),
    "process": os.getpid(), "session": os.getsid(0), "open": sorted(os.listdir("/proc/self/fd")),
    "stdin": os.readlink("/proc/self/fd/0"),
}}
with open(here + "/report.new", "w") as file:
    json.dump(report, file)
os.rename(here + "/report.new", here + "/report")
while not os.path.exists(here + "/end"):
    time.sleep(0.02)
"""

Start = Callable[..., dict[str, object]]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "application"
    folder.mkdir()
    program = folder / "survey-viewer-ses"
    program.write_text(REPORTING.format(python=sys.executable))
    program.chmod(0o755)
    return program


@pytest.fixture
def launcher(desk: Desk, tmp_path: Path) -> Launcher:
    return Launcher(desk.restart(), LinuxPrograms(tmp_path / "logs"), lambda: desk.state)


@pytest.fixture
def start(desk: Desk, program: Path, tmp_path: Path) -> Iterator[Start]:
    """Launch the reporting program and return its report; it is ended with the test."""
    started: list[int] = []
    # Nothing depends on how long it is watched: it goes on until it is told to end.
    launcher = Launcher(desk.restart(), LinuxPrograms(tmp_path / "logs", early=0.05), lambda: desk.state)

    def launch(*files: Path, target: LaunchTarget | None = None) -> dict[str, object]:
        launcher.launch(installed(target or LaunchTarget((str(program),))), NAME, files)
        report: dict[str, object] = json.loads(
            wait_until(partial(text_of, program.parent / "report"), 5, "no report")
        )
        started.append(int(str(report["process"])))
        return report

    yield launch
    (program.parent / "end").touch()
    for process in started:
        wait_until(partial(is_gone, process), 5, "a zombie was left behind")


def text_of(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def is_gone(process: int) -> bool:
    return not psutil.pid_exists(process)


def installed(target: LaunchTarget | None) -> InstalledProduct:
    return InstalledProduct(PRODUCT, Version.parse("10.1.0.12"), "10.1.0.12", (), target)


def script(folder: Path, text: str) -> LaunchTarget:
    program = folder / "short-lived"
    program.write_text(text, "latin-1")
    program.chmod(0o755)
    return LaunchTarget((str(program),))


def test_it_runs_in_a_session_of_its_own(start: Start) -> None:
    report = start()
    assert report["session"] == report["process"]
    assert report["session"] != os.getsid(0)
    assert report["stdin"] == "/dev/null"


def test_it_gets_files_as_absolute_paths_after_its_own_arguments(
    start: Start, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = start(Path("-harbour.csv"), target=LaunchTarget((str(program), "--quiet")))
    assert report["arguments"] == ["--quiet", str(tmp_path / "-harbour.csv")]


def test_it_inherits_no_open_file(start: Start, tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w") as file:
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003  # the standard library's own signature
        report = start()
    assert report["open"] == ["0", "1", "2", "3"]  # 3 is the listing itself


def test_it_gets_the_persons_environment_without_ours(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM", "LD_LIBRARY_PATH", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "/ours")
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    monkeypatch.setenv("PATH", f"{sys.prefix}/bin:/usr/bin:/bin")
    environment = start()["environment"]
    assert isinstance(environment, dict)
    assert "/ours" not in environment.values()
    assert environment["QT_SCALE_FACTOR"] == "2"
    assert environment["PATH"] == "/usr/bin:/bin"


def test_an_untouched_environment_stays_as_it_is() -> None:
    own = {"HOME": "/home/rui", "XDG_RUNTIME_DIR": "/run/user/7", "DISPLAY": ":0", "LANG": "pt_PT.UTF-8"}
    assert clean_environment(own) == own


def test_it_starts_where_its_desktop_entry_says(start: Start, program: Path, tmp_path: Path) -> None:
    target = LaunchTarget((str(program),), working_folder=tmp_path)
    assert start(target=target)["folder"] == str(tmp_path)


def test_a_working_folder_that_is_gone_does_no_harm(start: Start, program: Path, tmp_path: Path) -> None:
    target = LaunchTarget((str(program),), working_folder=tmp_path / "gone")
    assert start(target=target)["folder"] == str(Path.home())


def test_a_program_that_hands_over_and_ends_well_counts_as_started(
    launcher: Launcher, tmp_path: Path
) -> None:
    launcher.launch(installed(script(tmp_path, f"#!/bin/sh\ntouch {tmp_path}/handed-over\n")), NAME)
    assert (tmp_path / "handed-over").exists()


def test_a_program_that_fails_at_once_is_told_with_its_last_words(launcher: Launcher, tmp_path: Path) -> None:
    target = script(tmp_path, "#!/bin/sh\necho starting\necho no licence file found >&2\necho\nexit 4\n")
    with pytest.raises(ApplicationExited) as problem:
        launcher.launch(installed(target), NAME)
    assert explain(problem.value) == (
        "Survey Viewer SES ended at once with code 4. no licence file found."
        " Your documents are untouched. Start it again, or send a service request."
    )


def test_a_program_made_for_another_computer_is_told(launcher: Launcher, tmp_path: Path) -> None:
    target = script(tmp_path, "\x7fELF not for this processor")
    with pytest.raises(ApplicationExited) as problem:
        launcher.launch(installed(target), NAME)
    assert problem.value.facts["output"] == "Exec format error"


@pytest.mark.parametrize("target", [None, LaunchTarget(()), LaunchTarget(("/nowhere/survey-viewer-ses",))])
def test_a_program_that_is_gone_is_told(launcher: Launcher, target: LaunchTarget | None) -> None:
    with pytest.raises(ApplicationMissing):
        launcher.launch(installed(target), NAME)


def test_a_script_without_its_interpreter_is_told(launcher: Launcher, tmp_path: Path) -> None:
    with pytest.raises(ApplicationIncomplete) as problem:
        launcher.launch(installed(script(tmp_path, "#!/nowhere/python -S\n")), NAME)
    assert "because /nowhere/python is not on this computer" in explain(problem.value)


def elf(machine: int, *, big: bool = False) -> str:
    """The first bytes of a program, as text that is written byte for byte."""
    order: Literal["big", "little"] = "big" if big else "little"
    head = b"\x7fELF" + bytes([2, 2 if big else 1, 1]) + bytes(9) + (2).to_bytes(2, order)
    return (head + machine.to_bytes(2, order) + bytes(44)).decode("latin-1")


@pytest.mark.parametrize(("content", "made_for"), [(elf(0x28), "armv7l"), (elf(0x16, big=True), "s390x")])
def test_the_wrong_kind_of_computer_is_named(
    launcher: Launcher, tmp_path: Path, content: str, made_for: str
) -> None:
    with pytest.raises(ApplicationForOtherComputer) as problem:
        launcher.launch(installed(script(tmp_path, content)), NAME)
    assert f"is made for {made_for}, and this computer is {platform.machine()}." in explain(problem.value)


def test_a_refused_person_hears_why_and_whom_to_ask(
    launcher: Launcher, center: SigningCenter, program: Path
) -> None:
    center.refused[PRODUCT] = "no-licence"
    with pytest.raises(NotEntitled) as refusal:
        launcher.launch(installed(LaunchTarget((str(program),))), NAME)
    assert explain(refusal.value) == (
        "Survey Viewer SES may not be used: your organisation has no licence for it."
        " It stays installed. Ask Ana Lima."
    )
    assert not (program.parent / "report").exists()


def test_without_known_administrators_the_office_is_named(
    launcher: Launcher, desk: Desk, program: Path
) -> None:
    desk.state = SessionState(SessionStatus.SIGNED_OUT)
    with pytest.raises(NotEntitled) as refusal:
        launcher.launch(installed(LaunchTarget((str(program),))), NAME)
    assert explain(refusal.value).endswith("Ask your Account Administrator.")


def test_a_log_that_cannot_be_written_is_told(desk: Desk, program: Path, tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file in the folder's place")
    launcher = Launcher(desk.restart(), LinuxPrograms(tmp_path / "logs"), lambda: desk.state)
    with pytest.raises(FolderNotWritable):
        launcher.launch(installed(LaunchTarget((str(program),))), NAME)


def test_last_words_are_short_and_printable(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"x" * 10_000 + b"\n\x1b[31mred\xff " + b"y" * 500 + b"\n\n")
    assert last_words(log).startswith(" [31mred\ufffd yyy")
    assert len(last_words(log)) == 300
    assert last_words(tmp_path / "missing") == ""

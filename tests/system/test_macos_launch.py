# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications on a Mac start by Launch Services, whose complaints are told in the person's words."""

import os
from pathlib import Path

import pytest

from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.installed import LaunchTarget
from connection_client.domain.launch_errors import (
    ApplicationExited,
    ApplicationForOtherComputer,
    ApplicationIncomplete,
    ApplicationMissing,
    LaunchError,
)
from connection_client.system.macos_launch import MacPrograms
from connection_client.system.macos_tools import asked
from tests.world.macintosh import calls, make_bundle, make_tool

SAYS = "LSOpenURLsWithRole() failed with error {} for the file /Applications/Survey Viewer.app."
SAYS_NOW = 'The application cannot be opened. Error Domain=NSOSStatusErrorDomain Code={} "(null)"'


def start(folder: Path, *files: Path, more: tuple[str, ...] = ()) -> None:
    program = folder / "Applications/Survey Viewer.app/Contents/MacOS/viewer"
    programs = MacPrograms(folder / "logs", f"{folder / 'tools'}:/usr/bin:/bin")
    programs.start("Survey Viewer SES", LaunchTarget((str(program), *more)), files)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_bundle(tmp_path / "Applications", "Survey Viewer", "10.2")
    make_tool(tmp_path / "tools", "open", 'env >"$(dirname "$0")/environment"')
    return tmp_path


def test_the_bundle_is_opened_with_documents_and_its_own_arguments(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONHOME", "/ours")

    start(folder)
    start(folder, Path("-n"), folder / "b c.dxf", more=("--quiet",))

    bundle = str(folder / "Applications/Survey Viewer.app")
    assert calls(folder / "tools", "open") == [
        ["-a", bundle],
        ["-a", bundle, str(folder / "-n"), str(folder / "b c.dxf"), "--args", "--quiet"],
    ]
    assert "PYTHONHOME" not in (folder / "tools/environment").read_text()


@pytest.mark.parametrize("says", [SAYS, SAYS_NOW])
@pytest.mark.parametrize(
    ("code", "error"),
    [
        (-10814, ApplicationMissing),
        (-10827, ApplicationIncomplete),
        (-10661, ApplicationForOtherComputer),
        (-10825, ApplicationForOtherComputer),
        (-10828, ApplicationForOtherComputer),
        (-600, ApplicationExited),
    ],
)
def test_what_launch_services_cannot_start_is_told(
    folder: Path, says: str, code: int, error: type[LaunchError]
) -> None:
    make_tool(folder / "tools", "open", f"echo '{says.format(code)}' >&2; exit 1")

    with pytest.raises(error) as caught:
        start(folder)

    assert caught.value.facts["name"] == "Survey Viewer SES"
    if error is ApplicationExited:
        assert caught.value.facts["exit_code"] == code
        assert caught.value.facts["output"] == says.format(code)


def test_a_complaint_without_a_number_is_shown_as_it_is(folder: Path) -> None:
    make_tool(folder / "tools", "open", "printf 'odd\\nthing' >&2; exit 3")

    with pytest.raises(ApplicationExited) as caught:
        start(folder)

    assert caught.value.facts == {"name": "Survey Viewer SES", "exit_code": 3, "output": "odd thing"}


def test_an_application_that_is_gone_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ApplicationMissing):
        start(tmp_path)


def test_a_program_outside_of_any_bundle_is_started_directly(tmp_path: Path) -> None:
    program = make_tool(tmp_path / "bin", "viewer", "exit 0")
    programs = MacPrograms(tmp_path / "logs", str(tmp_path / "no tools"))

    programs.start("Viewer", LaunchTarget((str(program), "--x")), (tmp_path / "a",))

    assert calls(tmp_path / "bin", "viewer") == [["--x", str(tmp_path / "a")]]
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritable):
        MacPrograms(tmp_path / "file").start("Viewer", LaunchTarget((str(program),)), ())


def test_a_program_of_the_system_that_is_missing_answers_too(tmp_path: Path) -> None:
    assert asked(str(tmp_path), "open").status == 127
    (tmp_path / "open").write_text("no program")
    (tmp_path / "open").chmod(0o755)
    assert asked(str(tmp_path), "open", environment=dict(os.environ)).status == 127

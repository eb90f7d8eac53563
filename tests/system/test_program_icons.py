# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where programs carry their icons themselves: which file the system is asked for."""

from pathlib import Path

from connection_client.domain.installed import LaunchTarget
from connection_client.system.program_icons import bundle_with_icon, program_with_icon


def test_a_program_for_windows_carries_its_icon(tmp_path: Path) -> None:
    program = tmp_path / "Viewer.EXE"
    program.touch()
    assert program_with_icon(LaunchTarget((str(program), "--quiet"))) == program
    script = tmp_path / "viewer.cmd"
    script.touch()
    for other in (script, tmp_path / "gone.exe"):
        assert program_with_icon(LaunchTarget((str(other),))) is None


def test_the_outermost_bundle_is_the_one_that_people_see(tmp_path: Path) -> None:
    inner = tmp_path / "Viewer.app/Contents/Frameworks/Part.app/Contents/MacOS/part"
    assert bundle_with_icon(LaunchTarget((str(inner),))) == tmp_path / "Viewer.app"
    assert bundle_with_icon(LaunchTarget(("/usr/bin/open",))) is None

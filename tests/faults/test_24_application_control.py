# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""AppLocker or an antivirus stands guard.

Is built as a folder of files, so that nothing is unpacked into temporary folders and run from there.

What is packed is read from the recipe, and looked at in the folder where one was built on this computer.
AppLocker itself and antivirus programs are not tried: there is no Windows here.
"""

import ast
from pathlib import Path

import pytest

BUILT = Path(__file__).parents[2] / "build" / "windows" / "bundle" / "CONNECTION Client"
PYTHONS = {f"python3{minor}" for minor in range(9, 20)}
SPEC = Path(__file__).parents[2] / "installers" / "windows" / "client.spec"


def test_nothing_is_packed_into_one_file() -> None:
    calls = [node for node in ast.walk(ast.parse(SPEC.read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = {call.func.id: call for call in calls if isinstance(call.func, ast.Name)}
    assert "COLLECT" in named  # the folder
    said = {word.arg: ast.unparse(word.value) for word in named["EXE"].keywords}
    assert said["exclude_binaries"] == "True"
    assert said["upx"] == "False"  # what is packed looks like malware
    assert "runtime_tmpdir" not in said


@pytest.mark.skipif(not BUILT.is_dir(), reason="no folder was built here; `./run package windows` builds one")
def test_the_built_programs_find_everything_beside_them() -> None:
    programs = list(BUILT.glob("*.exe"))
    assert {program.name for program in programs} == {"connection-client.exe", "CONNECTION Client.exe"}
    libraries = [path for path in BUILT.rglob("*") if path.suffix.casefold() in (".dll", ".pyd")]
    (python,) = [path for path in libraries if path.stem.casefold() in PYTHONS]
    whole = python.read_bytes()
    for program in programs:
        content = program.read_bytes()
        # Of one file, the first kilobyte of each library would be found somewhere in the program.
        assert whole[:1024] not in content
    for path in (*programs, *libraries):
        assert b"UPX!" not in path.read_bytes(), path

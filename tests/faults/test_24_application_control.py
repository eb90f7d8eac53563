# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""AppLocker or an antivirus stands guard.

Is built as a folder of files, so that nothing is unpacked into temporary folders and run from there.

AppLocker itself and antivirus programs are not tried: there is no Windows here.
"""

import ast
from pathlib import Path

SPEC = Path(__file__).parents[2] / "installers" / "windows" / "client.spec"


def test_nothing_is_packed_into_one_file() -> None:
    calls = [node for node in ast.walk(ast.parse(SPEC.read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = {call.func.id: call for call in calls if isinstance(call.func, ast.Name)}
    assert "COLLECT" in named  # the folder
    said = {word.arg: ast.unparse(word.value) for word in named["EXE"].keywords}
    assert said["exclude_binaries"] == "True"
    assert said["upx"] == "False"  # what is packed looks like malware
    assert "runtime_tmpdir" not in said

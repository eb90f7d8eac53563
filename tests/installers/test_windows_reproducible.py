# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Two builds of one source in the same folder give the same setup for Windows, byte for byte."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installers import windows_python, wine
from installers.build import ROOT

pytestmark = [
    pytest.mark.timeout(1500),
    pytest.mark.skipif(not wine.is_installed(), reason="Wine is not installed; ./run test-windows does so"),
    pytest.mark.usefixtures("asked_for"),
]
SOURCE = ("connection_client", "examples", "installers", "requirements", "resources")


@pytest.fixture
def source(asked_for: None, tmp_path: Path) -> Path:
    """A copy of the source, with the Windows Python that is locked and here already."""
    windows_python.prepare(ROOT)
    root = tmp_path / "source"
    for name in SOURCE:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    build = ROOT / "build" / "windows"
    here = root / "build" / "windows"
    shutil.copytree(build / "python", here / "python", copy_function=os.link)
    (here / ".stamps").mkdir()
    shutil.copyfile(build / ".stamps" / "python", here / ".stamps" / "python")
    return root


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".stamps" not in path.parts
    }


def build(root: Path, out: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What a build from nothing but source and Python packs, and the setup it makes of that."""
    for name in ("bundle", "work", "builder"):
        shutil.rmtree(root / "build" / "windows" / name, ignore_errors=True)
    command = [sys.executable, "-m", "installers.build", "windows", "--out", str(out)]
    environment = os.environ | {"PYTHONPATH": str(root)}
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    return digests(root / "build" / "windows" / "bundle" / "CONNECTION Client"), digests(out)


def test_two_builds_are_the_same(source: Path, tmp_path: Path) -> None:
    first, second = (build(source, tmp_path / name) for name in ("first", "second"))
    assert len(first[0]) > 100
    assert first[0] == second[0]
    assert len(first[1]) == 1
    assert first[1] == second[1]

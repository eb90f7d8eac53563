# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The kit as a wheel: installed by pip into a place of its own, and used from there."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from connection_client.version import VERSION
from installers import sdk_wheel
from installers.build import TARGETS
from tests.installers.conftest import SOURCE
from tests.world.broker import Desk, running_broker

USE = """
import sys
sys.path.insert(0, sys.argv[1])
import connection_client_sdk as sdk
from connection_client_sdk import aio
entitlement = sdk.require("survey-viewer", "10.2.0.7")
print(entitlement.entitled, "connection_client" in sys.modules, sdk.__file__.startswith(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (built,) = TARGETS["sdk"](tmp_path_factory.mktemp("wheel"))
    return built


def test_an_application_uses_it_without_the_rest(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", str(place)]
    subprocess.run([*pip, "--disable-pip-version-check", str(wheel)], check=True)
    runtime = tmp_path.parent / "r"
    runtime.mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    with running_broker(runtime / "connection-client", Desk()):
        said = subprocess.run(
            [sys.executable, "-IS", "-c", USE, str(place)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert said.stderr == ""
    assert said.stdout.split() == ["True", "False", "True"]


def test_it_is_the_same_each_time_and_holds_what_it_needs(wheel: Path, tmp_path: Path) -> None:
    assert sdk_wheel.build(SOURCE, tmp_path).read_bytes() == wheel.read_bytes()
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        assert f"connection_client_sdk-{VERSION}.dist-info/RECORD" in names
        assert {"connection_client_sdk/py.typed", "connection_client_sdk/wire.py"} <= names
        assert not any(
            b"connection_client.sdk" in archive.read(name) for name in names if name.endswith(".py")
        )


def test_what_is_up_to_date_is_reused(tmp_path: Path) -> None:
    first = sdk_wheel.build(SOURCE, tmp_path)
    changed = first.stat().st_mtime_ns
    assert sdk_wheel.build(SOURCE, tmp_path).stat().st_mtime_ns == changed

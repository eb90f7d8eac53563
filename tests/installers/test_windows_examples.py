# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Installing an SES application on Windows brings the client along; a client that is here is left alone."""

from pathlib import Path

import pytest

from connection_client.version import VERSION
from installers import wine
from installers.build import build_windows_examples
from tests.installers.windows_computer import Computer
from tests.world.waiting import wait_until

pytestmark = [
    pytest.mark.timeout(1500),
    pytest.mark.skipif(not wine.is_installed(), reason="Wine is not installed; ./run test-windows does so"),
    pytest.mark.usefixtures("asked_for"),
]
KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\connection-client"


@pytest.fixture(scope="module")
def setup(asked_for: None) -> Path:
    return next(path for path in build_windows_examples() if path.name.startswith("survey-viewer"))


def versions(computer: Computer) -> dict[str, str]:
    """What is registered for removal."""
    program = (
        "from connection_client.system.windows_registry import uninstall_entries\n"
        "for one in uninstall_entries():\n"
        "    print('FOUND', one.key, one.version)"
    )
    said = computer.run(computer.python / "python.exe", "-X", "utf8", "-c", program)
    return dict(
        line.split()[1:3] for line in said.splitlines() if line.startswith("FOUND ") and len(line.split()) > 2
    )


def test_an_application_brings_the_client_along(setup: Path, computer: Computer) -> None:
    computer.run(setup, "/S")
    found = versions(computer)
    assert found["survey-viewer-ses"] == "10.2.0.7"
    assert found["connection-client"] == VERSION
    assert computer.look()["HKCU"]["run"]["connection client"].endswith("--with-session")
    (home,) = computer.wine.drive_c.glob("users/*/AppData/Local/Programs/Survey Viewer SES")
    assert (home / "connection_client/sdk/__init__.py").exists()

    computer.run(home / "uninstall.exe", "/S")
    wait_until(lambda: not home.exists(), 60, f"{home} is still there")
    assert set(versions(computer)) & {"survey-viewer-ses", "connection-client"} == {"connection-client"}


def test_a_client_that_is_newer_stays(setup: Path, computer: Computer) -> None:
    computer.run("reg", "add", KEY, "/v", "DisplayVersion", "/d", "99.0", "/f", "/reg:64")
    computer.run(setup, "/S")
    found = versions(computer)
    assert found["survey-viewer-ses"] == "10.2.0.7"
    assert found["connection-client"] == "99.0"

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Doctor and diagnostics as a person runs them, and a service request that the real Center keeps."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, PROJECT, running_center
from tests.world.form_browser import form_browser
from tests.world.session import PrivateSession, private_session

SEND = """
from connection_client.bootstrap import build
from connection_client.domain.service_requests import ServiceRequest
from connection_client.workspace.diagnostics import packed
rooms = build()
rooms.session.restore()
whole = packed(rooms.diagnostics.collect())
for bundle in (whole, b"no zip file", b""):
    filed = rooms.support.send(ServiceRequest("Grey", "All is grey.", "survey-viewer", "10.2", bundle))
    print(filed.number, filed.url, filed.problem)
rooms.close()
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[PrivateSession]:
    with private_session(tmp_path / "home") as running:
        yield running


def run(session: PrivateSession, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """One command in a process of its own."""
    environment = {**session.environment, "PYTHONPATH": str(PROJECT), **variables}
    command = [sys.executable, "-W", "error", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=False)


def test_what_is_wrong_is_said_by_status_and_words(session: PrivateSession, tmp_path: Path) -> None:
    client = ("-m", "connection_client")
    address = "https://nowhere.invalid"
    assert run(session, *client, "settings", "set", "center_url", address).returncode == 0
    done = run(session, *client, "doctor")
    assert done.returncode == 4, done.stderr
    assert "Fails: Name of CONNECT Center: nowhere.invalid has no address" in done.stdout
    told = json.loads(run(session, *client, "doctor", "--json").stdout)
    assert told["verdict"] == "fail"
    checks = {check["check"]: check for check in told["checks"]}
    assert list(checks) == [
        "dns", "proxy", "tls", "clock", "sign-in", "catalogue", "key-store", "disk", "tray", "broker",
    ]  # fmt: skip
    assert checks["key-store"]["verdict"] == "pass"
    assert all(check["mend"] for check in checks.values() if check["check"] in ("dns", "broker"))

    file = tmp_path / "bundle.zip"
    assert run(session, *client, "diagnostics", str(file)).returncode == 0
    again = run(session, *client, "diagnostics", str(file))
    assert again.returncode == 3, again.stderr
    with zipfile.ZipFile(file) as archive:
        assert set(archive.namelist()) == {
            "doctor.txt", "versions.txt", "settings.txt", "products.txt", "history.txt", "client.log",
        }  # fmt: skip
        assert 'center_url = "https://nowhere.invalid"' in archive.read("settings.txt").decode()
        assert str(tmp_path) not in "".join(archive.read(name).decode() for name in archive.namelist())


def test_signed_in_all_is_well_and_the_center_keeps_request_and_bundle(
    session: PrivateSession, tmp_path: Path
) -> None:
    browser = form_browser(tmp_path / "browser", ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
    client = ("-m", "connection_client")
    with running_center(tmp_path / "center") as center:
        assert run(session, *client, "settings", "set", "center_url", center.address).returncode == 0
        signed_in = run(session, *client, "sign-in", ADMINISTRATOR, BROWSER=str(browser))
        assert signed_in.returncode == 0, signed_in.stderr
        told = json.loads(run(session, *client, "doctor", "--json").stdout)
        found = {check["check"]: check for check in told["checks"]}
        assert found["sign-in"]["verdict"] == "pass"
        assert found["clock"]["found"] == "This computer's clock is right."

        sent = run(session, "-c", SEND)
        assert sent.returncode == 0, sent.stderr
        first, second, third = sent.stdout.splitlines()
        assert first.endswith("None")
        assert "HTTP 415" in second
        assert third.endswith("None")
        kept = [path for path in center.state.rglob("*.zip") if path.is_file()]
        assert len(kept) == 1
        with zipfile.ZipFile(kept[0]) as archive:
            texts = "".join(archive.read(name).decode() for name in archive.namelist())
        assert "[name]@lima-survey.example is signed in" in texts
        assert ADMINISTRATOR not in texts
        assert "Ana Lima" not in texts

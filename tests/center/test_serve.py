# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command line: serving, the state folder, and faults in one sentence."""

import re
import socket
import stat
from pathlib import Path

import pytest

from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center, running_center
from tests.world.visitor import Visitor


def test_taken_port_ends_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = Center(tmp_path).try_to_manage("serve", "--port", port)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip() == (
        f"Port {port} of this computer cannot be used (Address already in use). Nothing was changed. "
        "Name another one with --port, or leave --port out to take a free one."
    )


def test_impossible_port_ends_in_one_sentence(tmp_path: Path) -> None:
    done = Center(tmp_path).try_to_manage("serve", "--port", "70000")
    assert done.returncode == 2
    assert done.stderr.startswith("Port 70000 of this computer cannot be used")
    assert "Traceback" not in done.stderr


def test_state_that_is_a_file_ends_in_one_sentence(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("not a folder")
    done = Center(place).try_to_manage("serve")
    assert done.returncode == 2
    assert done.stderr.startswith("The state folder cannot be used")
    assert "Traceback" not in done.stderr
    assert place.read_text() == "not a folder"


def test_session_and_secrets_survive_a_restart_on_the_same_port(tmp_path: Path) -> None:
    with running_center(tmp_path / "state") as center, Visitor(center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        address = center.address
        keys = ana.open(".well-known/jwks.json").json()
        center.stop()
        center.start()
        assert center.address == address
        assert ana.open("users/").url.path == "/users/"  # still signed in
        assert ana.open(".well-known/jwks.json").json() == keys


def test_secrets_are_for_their_owner_alone(center: Center) -> None:
    secrets = list((center.state / "secrets").iterdir())
    assert {path.name for path in secrets} >= {"secret-key", "oidc-key.pem"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in secrets} == {0o600}
    assert stat.S_IMODE((center.state / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE((center.state / "mails").stat().st_mode) == 0o700


def test_two_commands_at_once_agree_on_the_secrets(tmp_path: Path) -> None:
    script = "from django.conf import settings; print(settings.SECRET_KEY)"
    first = Center(tmp_path).manage("shell", "-v", "0", "-c", script)
    assert first == Center(tmp_path).manage("shell", "-v", "0", "-c", script)
    assert len(first.strip()) > 40


def test_migrations_are_complete(center: Center) -> None:
    assert "No changes detected" in center.manage("makemigrations", "--check", "--dry-run")


def test_system_checks_are_clean(center: Center) -> None:
    assert "no issues" in center.manage("check", "--fail-level", "WARNING")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["Lima Survey", "--country", "PT"], "There is an organisation “Lima Survey” already."),
        (["New One", "--country", "XX"], "“XX” is no country code of two letters."),
    ],
)
def test_organisation_command_refuses_in_one_sentence(
    center: Center, words: list[str], sentence: str
) -> None:
    person = ["--fulfilment-contact", "neo@new-one.example", "--name", "Neo"]
    done = center.try_to_manage("organisation", "add", *words, *person)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "New One" not in center.manage("organisation", "list")


def test_unknown_pages_and_old_forms_are_told_apart(center: Center, visitor: Visitor) -> None:
    missing = visitor.open("nowhere/")
    assert (missing.status_code, "There is nothing here" in missing.text) == (404, True)
    old = visitor.http.post("accounts/login/", data={"login": "x@y.example", "password": "z"})
    assert (old.status_code, "This form is too old" in old.text) == (403, True)


def test_pages_need_nothing_from_elsewhere(visitor: Visitor) -> None:
    for path in ("", "register/", "accounts/login/", "mail/", "terms/"):
        page = visitor.open(path)
        assert page.status_code == 200
        for script in re.findall(r"<script[^>]*>", page.text):  # data, or a file of our own
            assert 'type="application/json"' in script or 'src="/static/' in script
        assert page.text.count("<h1") == 1
        assert "style=" not in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    sheet = visitor.open("static/center/center.css")
    assert sheet.headers["content-type"].startswith("text/css")
    assert "prefers-color-scheme: dark" in sheet.text
    assert "@import" not in sheet.text
    assert "url(" not in sheet.text

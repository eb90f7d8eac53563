# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The diagnostics bundle: what is planted everywhere is not in it, and what helps still is."""

import zipfile
from pathlib import Path

import pytest

from connection_client.domain.findings import Check, passed
from connection_client.domain.redaction import Private, redactor
from connection_client.workspace.diagnostics import Diagnostics, packed, shown
from connection_client.workspace.doctor import Doctor

SECRETS = {
    "refresh": "rt-5Zq7!odd value",
    "proxy": "wide meadow/7",
    "jwt": "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiI3ZjFjIn0.c2lnbmF0dXJl",
    "opaque": "f3A9bC1d7E5f2A8b4C6d0E9f1A3b5C7d",
    "home": "/home/sofia.m",
    "mail": "sofia.marques",
    "login": "sofiam",
    "name": "Sofia Marques",
}
PLANTED = """GET http://jane:wide%20meadow%2F7@proxy.example:3128/ refused
Authorization: Bearer {opaque}
{{"access_token": "{jwt}", "refresh_token": "short", 'password': 'hunter2 blank'}}
opened /authorize?code=Xy12ab&state=Qr98&scope=openid
the key ring holds {refresh}
wrote {home}/.local/state/connection-client/client.log
{mail}@lima-survey.example signed in; {mail}%40lima-survey.example too; {name} ({login}) waits
cookie: sessionid=a1b2c3
Proxy-Authorization: Basic amFuZTp3aWRl
client_secret = "not-a-real-one"
version 10.2.0.7 of survey-viewer at /usr/share/applications/survey-viewer-ses.desktop, token
exit code: 100 after installing, state = ready
"""
GONE = (
    *SECRETS.values(),
    "wide%20meadow%2F7",
    "jane",
    "Xy12ab",
    "Qr98",
    "hunter2",
    "blank",
    "short",
    "a1b2c3",
    "amFuZTp3aWRl",
    "not-a-real-one",
)
PRIVATE = Private(
    (SECRETS["refresh"], SECRETS["proxy"]), (SECRETS["login"], SECRETS["name"]), (SECRETS["home"],)
)


def bundle() -> Diagnostics:
    planted = PLANTED.format(**SECRETS)
    doctor = Doctor([Check("a", "A", lambda: passed("{said}", said=planted))])
    names = ("versions.txt", "settings.txt", "products.txt", "history.txt", "client.log")
    return Diagnostics(doctor, {name: lambda: planted for name in names}, lambda: PRIVATE, _write)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def test_nothing_that_was_planted_is_in_the_bundle(tmp_path: Path) -> None:
    diagnostics = bundle()
    parts = diagnostics.collect()
    diagnostics.save(tmp_path / "bundle.zip", parts)
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert len(texts) == 6
    for name, text in texts.items():
        assert not [secret for secret in GONE if secret.casefold() in text.casefold()], (name, text)
        for kept in ("@lima-survey.example", "~/.local/state", "10.2.0.7", "proxy.example:3128", "code: 100"):
            assert kept in text
        assert "/usr/share/applications/survey-viewer-ses.desktop" in text


def test_what_is_shown_is_what_goes_out() -> None:
    parts = bundle().collect()
    text = shown(parts)
    assert all(part.name in text and part.text in text for part in parts)
    assert packed(parts) == packed(parts)


def test_a_part_that_cannot_be_made_costs_only_itself() -> None:
    def broken() -> str:
        raise OSError

    parts = Diagnostics(sources={"a.txt": broken, "b.txt": lambda: "well"}).collect()
    assert [part.text for part in parts] == ["", "This part could not be made: OSError", "well"]


@pytest.mark.parametrize("text", ["", "nothing private", "a = b", "sha256: " + "0" * 64])
def test_what_is_not_private_stays(text: str) -> None:
    assert redactor(PRIVATE)(text) == text

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Settings by environment: what they change, what Django says to them, and what is refused in a sentence."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.world.center import PROJECT


def _center(state: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "connect_center", *words, "--state", str(state)],
        env={**os.environ, "PYTHONPATH": str(PROJECT), "CENTER_DATABASE_URL": "", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_for_deployment_is_clean(tmp_path: Path) -> None:
    done = _center(
        tmp_path, "check", "--deploy", "--fail-level", "INFO", CENTER_BASE_URL="https://center.example"
    )
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (2 silenced).\n"), (
        done.stderr
    )


ASK_BEHIND_A_PROXY = (
    "from django.test import Client\n"
    "plain = Client(headers={'host': 'center.example'})\n"
    "answer = plain.get('/accounts/login/'); print(answer.status_code, answer['Location'])\n"
    "answer = plain.get('/accounts/login/', headers={'x-forwarded-proto': 'https'})\n"
    "print(answer.status_code, answer['Strict-Transport-Security'])\n"
    "print(answer.cookies['csrftoken']['secure'])\n"
    "known = plain.get('/.well-known/openid-configuration', headers={'x-forwarded-proto': 'https'})\n"
    "print(known.json()['issuer'])\n"
    "foreign = Client(headers={'host': 'evil.example'})\n"
    "print(plain.get('/health/live').status_code, foreign.get('/').status_code)"
)


def test_https_is_kept_to_behind_a_proxy(tmp_path: Path) -> None:
    _center(tmp_path, "migrate", "-v", "0")
    done = _center(
        tmp_path,
        "shell",
        "-v",
        "0",
        "-c",
        ASK_BEHIND_A_PROXY,
        CENTER_BASE_URL="https://center.example",
        CENTER_PROXIES="1",
    )
    assert done.stdout.splitlines() == [
        "301 https://center.example/accounts/login/",
        "200 max-age=31536000",
        "True",
        "https://center.example",
        "200 400",
    ], done.stderr


def test_secrets_come_from_files(tmp_path: Path) -> None:
    for name in ("key", "database", "mail"):
        (tmp_path / name).write_text(f"{name}-secret\n")
    script = (
        "from django.conf import settings as s\n"
        "print(s.SECRET_KEY, s.DATABASES['default']['PASSWORD'], s.EMAIL_HOST_PASSWORD)\n"
        "d = s.DATABASES['default']\n"
        "print(d['HOST'], d['PORT'], d['NAME'], d['USER'], d['OPTIONS']['sslmode'])\n"
        "print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_HOST_USER, s.CENTER_KEEPS_MAILS)\n"
        "print(s.CACHES['default']['BACKEND'], s.ALLOWED_HOSTS[-1])"
    )
    done = _center(
        tmp_path / "state",
        "shell", "-v", "0", "--no-imports", "-c", script,
        CENTER_SECRET_KEY_FILE=str(tmp_path / "key"),
        CENTER_DATABASE_URL="postgresql://center@db.example:6432/center?sslmode=verify-full",
        CENTER_DATABASE_PASSWORD_FILE=str(tmp_path / "database"),
        CENTER_SMTP_URL="smtp+starttls://center%40mail@mail.example",
        CENTER_SMTP_PASSWORD_FILE=str(tmp_path / "mail"),
        CENTER_CACHE_URL="redis://cache.example:6379/1",
        CENTER_ALLOWED_HOSTS="a.example, b.example",
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        "key-secret database-secret mail-secret",
        "db.example 6432 center center verify-full",
        "mail.example 587 True center@mail False",
        "connect_center.operation.shared_cache.SharedCache b.example",
    ], done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CENTER_BASE_URL", "center.example"),
        ("CENTER_DATABASE_URL", "mysql://center@db.example/center"),
        ("CENTER_CACHE_URL", "memcached://cache"),
        ("CENTER_SMTP_URL", "mail.example:25"),
        ("CENTER_PROXIES", "one"),
        ("CENTER_SECRET_KEY_FILE", "/nowhere/key"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    done = _center(tmp_path, "check", **{name: value})
    assert done.returncode == 1
    assert re.fullmatch(rf"{name} cannot be used: .+\. The Center was not started\.\n", done.stderr)


def test_key_of_id_tokens_is_changed_without_a_gap(tmp_path: Path) -> None:
    ask = (
        "from allauth.idp.oidc.adapter import get_adapter as a; from django.test import Client\n"
        "import hashlib\n"
        "print(len(Client(headers={'host': 'localhost'}).get('/.well-known/jwks.json').json()['keys']), "
        "hashlib.sha256(a().get_signing_key().pem.encode()).hexdigest())"
    )
    first = _center(tmp_path, "shell", "-v", "0", "-c", ask).stdout.split()
    _center(tmp_path, "keys", "rotate", "--begin-after-hours", "24")
    announced = _center(tmp_path, "shell", "-v", "0", "-c", ask).stdout.split()
    assert (first[0], announced[0], announced[1]) == ("1", "2", first[1])  # known to clients, not yet signing
    _center(tmp_path, "keys", "rotate", "--begin-after-hours", "0")
    changed = _center(tmp_path, "shell", "-v", "0", "-c", ask).stdout.split()
    assert changed[0] == "3"
    assert changed[1] != first[1]

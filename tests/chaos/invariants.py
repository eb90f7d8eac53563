# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What holds after anything: each function gives the sentences that say what does not."""

import hashlib
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tests.chaos.publisher import PACKAGE, PROGRAM, Releases

_SECRETS_OF_THE_STORE = ".keyring"  # encrypted by the key store itself, which tests unlock


def installed() -> tuple[str, str]:
    """The package's version and its state in the words of dpkg, both "" where it is not there."""
    question = ["dpkg-query", "-W", "-f", "${Version} ${db:Status-Status}", PACKAGE]
    done = subprocess.run(question, capture_output=True, text=True, check=False)
    version, _, state = done.stdout.strip().partition(" ")
    return (version, state) if done.returncode == 0 else ("", "")


def installed_is_published(releases: Releases) -> list[str]:
    """Every installed version is a published one, and its program is the publisher's, byte for byte."""
    version, state = installed()
    wrong = []
    if version and version not in releases.hashes:
        wrong.append(f"{version} is installed, which was never published")
    if state == "installed":
        found = hashlib.sha256(PROGRAM.read_bytes()).hexdigest() if PROGRAM.exists() else "no program"
        if found != releases.hashes.get(version):
            wrong.append(f"the program of {version} is another one: {found}")
    return wrong


def started_is_published(releases: Releases) -> list[str]:
    """No unverified byte was executed: each program that started wrote its own hash down."""
    if not releases.started.exists():
        return []
    known = set(releases.hashes.values())
    return [
        f"a program with the hash {line} was started"
        for line in releases.started.read_text().split()
        if line not in known
    ]


def no_secret_outside(secrets: Iterable[str], folders: Iterable[Path]) -> list[str]:
    """No file but the key store's own holds a secret."""
    needles = [secret.encode() for secret in secrets]
    wrong = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix == _SECRETS_OF_THE_STORE or not path.is_file() or path.is_symlink():
                continue
            with suppress(OSError):
                content = path.read_bytes()
                wrong += [f"{path} holds a secret" for needle in needles if needle in content]
    return wrong


def no_secret_shown(shown: Iterable[tuple[str, str]], secrets: Iterable[str]) -> list[str]:
    """No argument and no variable of a process, named with what it showed, is a secret."""
    known = list(secrets)
    return [f"process {name} shows a secret" for name, text in shown for one in known if one in text]


def no_traceback(logs: Iterable[Path]) -> list[str]:
    """Nothing that runs hidden ended in an error that nobody thought of."""
    return [
        f"{log.name}: {log.read_text(errors='replace')[-3000:]}"
        for log in logs
        if "Traceback (most recent call last)" in log.read_text(errors="replace")
    ]

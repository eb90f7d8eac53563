# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The state folder of an embedded Center: database, mails, files, and secrets made at first start."""

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

VARIABLE = "CENTER_STATE"


def state_folder() -> Path:
    """The folder named by `CENTER_STATE`, made with mode 0700; a temporary one where nothing is named."""
    named = os.environ.get(VARIABLE)
    if named:
        folder = Path(named).expanduser().absolute()
    else:
        folder = Path(tempfile.mkdtemp(prefix="connect-center-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs sessions and mailed codes."""
    return _kept(folder / "secrets" / "secret-key", lambda: secrets.token_urlsafe(48))


def signing_keys(folder: Path) -> list[dict[str, Any]]:
    """The RSA private keys that sign ID tokens, as allauth wants them: the newest that has begun signs.

    All are announced to clients, so a key is changed by adding one that begins later (`center keys rotate`).
    """
    secrets_folder = folder / "secrets"
    if not list(secrets_folder.glob("oidc-key*.pem")):
        _kept(secrets_folder / "oidc-key.pem", new_signing_key)
    return [
        {"pem": path.read_text(), "issued_at": _time_in(path), "not_before": _time_in(path)}
        for path in sorted(secrets_folder.glob("oidc-key*.pem"))
    ]


def signing_key_file(folder: Path, begins: datetime) -> Path:
    """Where a key is kept that begins to sign at that time."""
    return folder / "secrets" / f"oidc-key-{begins.astimezone(UTC):%Y%m%dT%H%M%SZ}.pem"


def _time_in(path: Path) -> datetime:
    """When a key begins, which its file's name says; the first one always has."""
    text = path.stem.removeprefix("oidc-key").removeprefix("-")
    return (
        datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if text
        else datetime(2000, 1, 1, tzinfo=UTC)
    )


def new_signing_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The secret in `path`; made there with mode 0600 by whichever process comes first."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        handle, name = tempfile.mkstemp(dir=path.parent)  # mode 0600 from the start
        with os.fdopen(handle, "w") as file:
            file.write(make())
        try:
            os.link(name, path)  # of two processes the first wins, and nobody reads half a secret
        except FileExistsError:
            pass
        finally:
            Path(name).unlink()
    return path.read_text()

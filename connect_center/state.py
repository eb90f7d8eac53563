# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The state folder of an embedded Center: database, mails, files, and secrets made at first start."""

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

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


def signing_key(folder: Path) -> str:
    """The RSA private key (PEM) that signs ID tokens."""
    return _kept(folder / "secrets" / "oidc-key.pem", _new_signing_key)


def _new_signing_key() -> str:
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

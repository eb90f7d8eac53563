# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Signs what others check without asking the Center: JWT (RFC 7519) with EdDSA over Ed25519 (RFC 8037).

The key's `kid` is its thumbprint (RFC 7638). All keys in a folder are announced and the newest that has begun
signs. A key is changed by adding one that begins later, so that readers know it before they need it, and by
removing the old one when nothing that it signed is alive.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwa import EdDSAAlgorithm
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from connect_center.publisher.files import create_privately

ALGORITHM = "EdDSA"


class _EdDSA(EdDSAAlgorithm):
    """The name of RFC 8037, which readers know; RFC 9864 only gave it a second one."""

    security_warning = ""


class _Registry(JWSRegistry):
    algorithms = {ALGORITHM: _EdDSA()}


class SigningKeys:
    """The keys in `folder`, which is made with a first key where it is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sign(self, claims: Mapping[str, Any]) -> str:
        """The claims as a compact JWT."""
        key = self._signing_key()
        header = {"alg": ALGORITHM, "kid": key.thumbprint(), "typ": "JWT"}
        return jwt.encode(header, dict(claims), key, registry=_Registry(algorithms=[ALGORITHM]))

    def signs_now(self) -> str:
        """The name of the key that signs at this moment: another one after a change of keys."""
        try:
            names = _names_of(self._folder, self._folder.stat().st_mtime_ns)
        except FileNotFoundError:
            names = ()
        return _begun(names or tuple(self._keys()))

    def public(self) -> dict[str, Any]:
        """The keys that readers check with, as a JWK set (RFC 7517)."""
        keys = [
            {**key.as_dict(private=False), "kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM}
            for key in self._keys().values()
        ]
        return {"keys": keys}

    def rotate(self, begins: datetime, oldest: datetime) -> int:
        """Add a key that signs from `begins` on; remove those that signed nothing after `oldest`.

        Returns how many were removed. Both moments are aware.
        """
        self._keys()  # there is one to hand over from
        create_privately(self._folder / f"{_name_of(begins)}.pem", _new_key())
        names = sorted(path.stem for path in self._folder.glob("*.pem"))
        ended = [
            name for name, next_ in pairwise(names) if not next_.isdecimal() and next_ <= _name_of(oldest)
        ]
        for name in ended:
            (self._folder / f"{name}.pem").unlink()
        return len(ended)

    def _signing_key(self) -> OKPKey:
        keys = self._keys()
        return keys[_begun(tuple(keys))]

    def _keys(self) -> dict[str, OKPKey]:
        """By file name, oldest first. The name is the moment from which on a key signs, or a mere number."""
        if not list(self._folder.glob("*.pem")):
            with suppress(FileExistsError):  # another process made it at this moment
                create_privately(self._folder / "0001.pem", _new_key())
        paths = sorted(self._folder.glob("*.pem"))
        return {path.stem: _loaded(path, path.stat().st_mtime_ns) for path in paths}


def _begun(names: tuple[str, ...]) -> str:
    """The newest that has begun, of names that are sorted."""
    now = _name_of(datetime.now(UTC))
    return [name for name in names if name <= now or name.isdecimal()][-1]


@lru_cache(maxsize=8)
def _names_of(folder: Path, _changed: int) -> tuple[str, ...]:
    """Listed once: whoever adds or removes a key changes its folder's time."""
    return tuple(sorted(path.stem for path in folder.glob("*.pem")))


@lru_cache(maxsize=64)
def _loaded(path: Path, _changed: int) -> OKPKey:
    """Read once: clients ask daily, and a key file never changes."""
    return OKPKey.import_key(path.read_text())


def _new_key() -> bytes:
    return OKPKey.generate_key("Ed25519").as_pem(private=True)


def _name_of(moment: datetime) -> str:
    """Sorts by time, and behind every number."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"

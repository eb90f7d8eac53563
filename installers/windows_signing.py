# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Authenticode signatures by osslsigncode: of the programs, the remover, the setups and the MSI.

A published build is signed, a trial build is not. NSIS signs the remover while it makes a setup: it runs
`python -m installers.windows_signing NAME FILE` with the same environment.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installers.errors import BuildError

CERTIFICATE, KEY = "CONNECTION_SIGNING_CERTIFICATE", "CONNECTION_SIGNING_KEY"
TIMESTAMP = "CONNECTION_SIGNING_TIMESTAMP"


@dataclass(frozen=True)
class Signing:
    """PEM files of the certificate (with those up to its root) and its key; a time stamp service or ""."""

    certificate: Path
    key: Path
    timestamp: str = ""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Signing | None":
        """What the environment names, None if nothing; raises BuildError where a part is missing."""
        named = {name: environment.get(name, "") for name in (CERTIFICATE, KEY)}
        if not any(named.values()):
            return None
        for name, place in named.items():
            if not place:
                raise BuildError(f"Signing needs {name} as well; {CERTIFICATE} and {KEY} name PEM files.")
            if not Path(place).is_file() or not Path(place).stat().st_size:
                raise BuildError(f"{name} names {place}, which is not there or empty. Nothing was signed.")
        return cls(Path(named[CERTIFICATE]), Path(named[KEY]), environment.get(TIMESTAMP, ""))

    @property
    def mark(self) -> str:
        """Another one for another certificate, key or time stamp service; the same wherever the files lie."""
        parts = (self.certificate.read_bytes(), self.key.read_bytes(), self.timestamp.encode())
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def mark() -> str:
    """What of the environment decides how a build is signed, for its stamp; "" where it is not."""
    signing = Signing.of(os.environ)
    return signing.mark if signing else ""


def sign(file: Path, name: str) -> None:
    """Sign a program, setup or MSI, if the environment names a certificate and a key; raises BuildError.

    The question for rights calls it `name`.
    """
    signing = Signing.of(os.environ)
    if signing is None:
        return
    signed = file.with_name(f"{file.name}.signed")
    options = ["-certs", str(signing.certificate), "-key", str(signing.key), "-h", "sha256", "-n", name]
    if signing.timestamp:
        options += ["-ts", signing.timestamp]
    signed.unlink(missing_ok=True)
    _run(["osslsigncode", "sign", *options, "-in", str(file), "-out", str(signed)])
    shutil.copymode(file, signed)
    signed.replace(file)


def remover_definitions(name: str) -> Mapping[str, str]:
    """What a script for NSIS is told, so that it has the remover signed; nothing where nothing is signed."""
    return {"SIGN": f'"{sys.executable}" -m installers.windows_signing "{name}"'} if mark() else {}


def main(arguments: Sequence[str]) -> int:
    """Sign FILE as NAME; 1 where that fails."""
    name, file = arguments
    try:
        sign(Path(file), name)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        raise BuildError(f"{command[0]} is missing. Install the Debian package {command[0]}.")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-1500:]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

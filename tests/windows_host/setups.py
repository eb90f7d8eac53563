# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Small real setups for the tests under Wine, made by NSIS, one of them signed by an authority of ours.

Beside them a program that stands where Windows has its PowerShell.
"""

import subprocess
from pathlib import Path

from installers import stamp
from installers.errors import BuildError

VERSIONS = ("10.1.0.12", "10.2.0.7")
_SCRIPTS = Path(__file__).resolve().parents[1] / "windows" / "setups"
_SCRIPT, _POWERSHELL = _SCRIPTS / "small.nsi", _SCRIPTS / "powershell.nsi"


def prepare(root: Path, program: Path) -> None:
    """Write build/windows/setups, each setup installing a copy of `program`; raises BuildError."""
    folder = root / "build" / "windows" / "setups"
    current = stamp.fingerprint(root, [_SCRIPT, _POWERSHELL, Path(__file__)], str(program.stat().st_size))
    if stamp.is_current(folder, current):
        return
    folder.mkdir(parents=True, exist_ok=True)
    for version in VERSIONS:
        _make(folder / f"small-{version}.exe", version, program)
    _run("makensis", "-V2", f"-DOUT={folder / 'powershell.exe'}", str(_POWERSHELL))
    _sign(folder)
    stamp.keep(folder, current)


def _make(out: Path, version: str, program: Path) -> None:
    facts = {"NAME": "Small Viewer SES", "KEY": "small-viewer", "VERSION": version}
    definitions = [f"-D{name}={value}" for name, value in (facts | {"PROGRAM": program, "OUT": out}).items()]
    _run("makensis", "-V2", *definitions, str(_SCRIPT))


def _sign(folder: Path) -> None:
    key, authority = folder / "signer.key", folder / "signer.crt"
    subject = "/O=Example Systems, Incorporated/CN=Example Systems, Incorporated"
    purposes = ("-addext", "extendedKeyUsage=codeSigning", "-addext", "keyUsage=digitalSignature")
    options = ("-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(authority), "-days", "3650")
    _run("openssl", "req", "-x509", *options, "-subj", subject, *purposes)
    signed = folder / "signed.exe"
    signed.unlink(missing_ok=True)
    unsigned = folder / f"small-{VERSIONS[0]}.exe"
    keys = ("-certs", str(authority), "-key", str(key), "-h", "sha256")
    _run("osslsigncode", "sign", *keys, "-in", str(unsigned), "-out", str(signed))


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BuildError(f"{command[0]} is missing. Run ./run test-windows, which installs it.") from error
    if done.returncode != 0:
        raise BuildError(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-600:]}")

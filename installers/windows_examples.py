# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Setups of the example applications for Windows, each of which carries the client's setup.

They need python.org's Python with Tk to show their windows; what they show is how an application brings the
client along.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from installers import client, deb, examples, stamp, windows_setup, windows_signing

_STARTER = """\
import runpy

runpy.run_module("examples.{module}", run_name="__main__", alter_sys=True)
"""


def build(root: Path, out: Path) -> tuple[Path, ...]:
    """Build the newest version of every application into `out`; raises BuildError."""
    client_setup = windows_setup.build(root, out)
    return tuple(build_one(root, out, app, client_setup) for app in examples.APPLICATIONS)


def build_one(root: Path, out: Path, app: examples.Application, client_setup: Path) -> Path:
    """Build one setup, or return the one that is there and still true."""
    version = examples.VERSIONS[-1]
    setup = out / f"{app.package}-{version}-x64.exe"
    script = root / "installers" / "windows" / "example.nsi"
    current = _fingerprint(root, app, client_setup, version)
    if stamp.is_current(setup, current):
        return setup
    with tempfile.TemporaryDirectory(dir=out) as scratch:
        tree = Path(scratch)
        examples.copy_modules(root, tree, app, version)
        (tree / f"{app.package}.pyw").write_text(_STARTER.format(module=app.module), "utf-8")
        seconds = deb.release_time(root / "installers" / "debian" / "changelog")
        for path in tree.rglob("*"):
            os.utime(path, (seconds, seconds))
        facts = {
            "NAME": app.name,
            "KEY": app.package,
            "VERSION": version,
            "TREE": tree,
            "CLIENT": client_setup,
            "CLIENT_VERSION": client.client_version(root),
            "OUT": setup,
            **windows_signing.remover_definitions(app.name),
        }
        windows_setup.run_nsis(root, script, facts)
    windows_signing.sign(setup, app.name)
    stamp.keep(setup, current)
    return setup


def _fingerprint(root: Path, app: examples.Application, client_setup: Path, version: str) -> str:
    names = ("examples/common", f"examples/{app.module}", "connection_client/sdk")
    recipe = ("installers/windows/example.nsi", "installers/windows_examples.py")
    # The client's setup lies where the packages go, which need not be below the source.
    carried = hashlib.sha256(client_setup.read_bytes()).hexdigest()
    inputs = [root / name for name in (*names, *recipe)]
    return stamp.fingerprint(root, inputs, version, carried, windows_signing.mark())

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The setup for Windows: the packed folder, put into one file by NSIS, and signed where a key is given."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from installers import client, deb, stamp, windows_bundle, windows_signing
from installers.errors import BuildError

_ROOT = Path(__file__).resolve().parents[1]


def build(root: Path, out: Path) -> Path:
    """Build the setup into `out`, or return the one that is there and still true; raises BuildError."""
    return of_bundle(root, windows_bundle.build(root), out)


def of_bundle(root: Path, bundle: Path, out: Path) -> Path:
    """Put a packed folder below `root` into a setup, signed if the environment asks; raises BuildError."""
    version = client.client_version(root)
    setup = out / f"connection-client-{version}-x64.exe"
    recipe = [root / "installers" / name for name in ("windows/setup.nsi", "windows_setup.py")]
    current = stamp.fingerprint(root, [*recipe, bundle], version, windows_signing.mark())
    if stamp.is_current(setup, current):
        return setup
    out.mkdir(parents=True, exist_ok=True)
    make_setup(root, bundle, setup, version, "/SOLID lzma")
    windows_signing.sign(setup, windows_bundle.NAME)
    stamp.keep(setup, current)
    return setup


def make_setup(root: Path, bundle: Path, out: Path, version: str, compressor: str) -> None:
    """Run NSIS over a packed folder; raises BuildError."""
    work = root / "build" / "windows" / "work"
    numbers = ".".join(str(part) for part in windows_bundle.four_numbers(version))
    files = sorted(path.relative_to(bundle) for path in bundle.rglob("*"))
    (work / "files.nsh").write_text(_removal(bundle, files), "utf-8")
    kilobytes = sum((bundle / file).stat().st_size for file in files if (bundle / file).is_file()) // 1024
    facts = {
        "VERSION": version,
        "NUMBERS": numbers,
        "WORK": work,
        "BUNDLE": bundle,
        "OUT": out,
        "COMPRESSOR": compressor,
        "KILOBYTES": kilobytes,
    }
    settle_times(root, bundle)
    facts |= windows_signing.remover_definitions(windows_bundle.NAME)
    run_nsis(root, root / "installers" / "windows" / "setup.nsi", facts)


def run_nsis(root: Path, script: Path, facts: Mapping[str, object]) -> None:
    """Run makensis over a script that is told `facts` as definitions; raises BuildError."""
    definitions = [f"-D{name}={value}" for name, value in facts.items()]
    seconds = deb.release_time(root / "installers" / "debian" / "changelog")
    # makensis itself runs what signs the remover, which is found from wherever this was started.
    variables = {"SOURCE_DATE_EPOCH": str(seconds), "PYTHONPATH": str(_ROOT)}
    _run(["makensis", "-V2", "-NOCD", *definitions, str(script)], variables)


def _removal(bundle: Path, files: list[Path]) -> str:
    """What the remover takes away: what was installed, name by name, and folders only when they are empty."""
    lines = ["!macro RemoveFiles"]
    names = {file: str(file).replace("/", "\\").replace("$", "$$") for file in files}
    lines += [f'  Delete "$INSTDIR\\{names[file]}"' for file in files if (bundle / file).is_file()]
    folders = [file for file in files if (bundle / file).is_dir()]
    lines += [f'  RMDir "$INSTDIR\\{names[folder]}"' for folder in reversed(folders)]
    return "\n".join([*lines, "!macroend", ""])


def settle_times(root: Path, bundle: Path) -> None:
    """NSIS keeps the times of files: they are those of the release, not of the build."""
    seconds = deb.release_time(root / "installers" / "debian" / "changelog")
    for path in bundle.rglob("*"):
        os.utime(path, (seconds, seconds))


def _run(command: list[str], variables: dict[str, str]) -> None:
    if shutil.which(command[0]) is None:
        raise BuildError(f"{command[0]} is missing. Install the Debian package nsis.")
    environment = os.environ | variables
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-1500:]}")

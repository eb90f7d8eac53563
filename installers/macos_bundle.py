# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client as a bundle that runs on any Mac without Python: PyInstaller, which needs a Mac.

What goes into the bundle is prepared on any system and tested there. PyInstaller collects the program on any
system, too; what it does on a Mac alone, the bundle and its signature, was never run.
"""

import os
import platform
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path

from installers import client, deb, macos_files
from installers.errors import BuildError
from installers.macos_icon import write_icon

_NOT_FOR_MACOS = shutil.ignore_patterns("desktop", "*.po", "*.pot", "*.mo", "en_XA", "__pycache__")
_LISTS = ("client.txt", "macos.txt")


def build(root: Path) -> Path:
    """Build the bundle below build/macos, signed where an identity is given; raises BuildError."""
    if platform.system() != "Darwin":
        raise BuildError(
            "This needs a Mac: PyInstaller makes bundles there alone, and codesign and pkgbuild exist "
            "nowhere else. Run ./run build macos on one (docs/deployment.md)."
        )
    work, out = root / "build" / "macos" / "work", root / "build" / "macos" / "bundle"
    prepare_inputs(root, work)
    shutil.rmtree(out, ignore_errors=True)
    pack(root, work, python(root, root / "build" / "macos" / "python"), out)
    return out / macos_files.APP


def pack(root: Path, work: Path, interpreter: Path, out: Path) -> None:
    """Run PyInstaller; elsewhere than on a Mac it collects everything and leaves the bundle out."""
    places = ["--distpath", str(out), "--workpath", str(work / "pyinstaller")]
    spec = str(root / "installers" / "macos" / "client.spec")
    variables = {
        "CONNECTION_ROOT": str(root),
        "CONNECTION_WORK": str(work),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": str(deb.release_time(root / "installers" / "debian" / "changelog")),
        "PYINSTALLER_CONFIG_DIR": str(work / "cache"),
    }
    run([str(interpreter), "-m", "PyInstaller", "--noconfirm", "--clean", *places, spec], variables)


def prepare_inputs(root: Path, work: Path) -> None:
    """Lay out below `work` what PyInstaller takes: resources, texts, icon, property lists, the remover."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    shutil.copytree(root / "resources", work / "resources", ignore=_NOT_FOR_MACOS)
    client.compile_translations(root / "resources", work / "resources")
    write_icon(root / "resources" / "icons" / "connection-client.svg", work / "client.icns")
    information = dict(macos_files.information(client.client_version(root)))
    (work / "information.plist").write_bytes(plistlib.dumps(information))
    (work / "entitlements.plist").write_bytes(macos_files.entitlements())
    (work / "remove.sh").write_text(macos_files.remove(), "utf-8")


def python(root: Path, folder: Path) -> Path:
    """A Python in `folder` with the client's locked packages and PyInstaller, and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    run([sys.executable, "-m", "venv", str(folder)])
    interpreter = folder / "bin" / "python"
    lists = [word for name in _LISTS for word in ("-r", str(root / "requirements" / name))]
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    run([str(interpreter), "-m", "pip", "install", *options, *lists], {"PYTHONPATH": ""})
    return interpreter


def run(command: list[str], variables: dict[str, str] | None = None) -> None:
    """Run a tool to its end; raises BuildError with its last words."""
    environment = os.environ | (variables or {})
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BuildError(f"{command[0]} is missing. Install the command line tools of Xcode.") from error
    if done.returncode != 0:
        raise BuildError(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-1500:]}")

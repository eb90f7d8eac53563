# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client as a folder that runs on any Windows 10 without Python: PyInstaller, run under Wine."""

import os
import shutil
from pathlib import Path

from installers import client, deb, stamp, windows_python, windows_signing
from installers.errors import BuildError
from installers.windows_icon import write_icon
from installers.wine import Wine

NAME = "CONNECTION Client"
_SECONDS = 600
_INPUTS = ("connection_client", "resources", "installers/windows", "requirements/client.txt")
_RECIPE = ("windows_bundle.py", "windows_icon.py", "windows_python.py")
PROGRAMS = ("connection-client.exe", f"{NAME}.exe")
_NOT_FOR_WINDOWS = shutil.ignore_patterns("desktop", "*.po", "*.pot", "*.mo", "en_XA", "__pycache__")
_VERSION_FILE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('CompanyName', 'The CONNECTION Client developers'),
      StringStruct('FileDescription', '{title}'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('LegalCopyright', 'Apache-2.0'),
      StringStruct('OriginalFilename', '{file}'),
      StringStruct('ProductName', 'CONNECTION Client'),
      StringStruct('ProductVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [0x409, 1200])])
  ]
)
"""


def build(root: Path) -> Path:
    """Build the folder below build/windows, or return the one that is still true; raises BuildError."""
    out = root / "build" / "windows" / "bundle" / NAME
    inputs = [root / name for name in _INPUTS] + [root / "installers" / name for name in _RECIPE]
    facts = (os.environ.get("SOURCE_DATE_EPOCH", ""), windows_signing.mark())
    current = stamp.fingerprint(root, inputs, *facts)
    if stamp.is_current(out, current):
        return out
    shutil.rmtree(out, ignore_errors=True)
    python = windows_python.prepare(root)
    wine = Wine(root / "build" / "windows" / "builder")
    wine.prepare()
    work = root / "build" / "windows" / "work"
    _prepare_inputs(root, work)
    words = _pack(root, wine, python, work, out.parent)
    missing = [name for name in PROGRAMS if not (out / name).exists()]
    if missing:
        raise BuildError(f"PyInstaller did not make {', '.join(missing)}. Its last words: {words[-1500:]}")
    sign_programs(out)
    stamp.keep(out, current)
    return out


def sign_programs(bundle: Path) -> None:
    """Sign what people start, so that questions for rights name who made it; raises BuildError."""
    for name in PROGRAMS:
        windows_signing.sign(bundle / name, NAME)


def _pack(root: Path, wine: Wine, python: Path, work: Path, out: Path) -> str:
    places = {"distpath": out, "workpath": work / "pyinstaller"}
    options = [f"--{name}={wine.windows_path(place)}" for name, place in places.items()]
    spec = wine.windows_path(root / "installers" / "windows" / "client.spec")
    command = [str(python / "python.exe"), "-X", "utf8", "-m", "PyInstaller", "--noconfirm", "--clean"]
    variables = {
        "CONNECTION_ROOT": wine.windows_path(root),
        "CONNECTION_WORK": wine.windows_path(work),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": str(deb.release_time(root / "installers" / "debian" / "changelog")),
        "PYINSTALLER_CONFIG_DIR": wine.windows_path(work / "cache"),
    }
    words = wine.run([*command, *options, spec], _SECONDS, variables)
    wine.end()
    return words


def _prepare_inputs(root: Path, work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)
    (work / "pyinstaller").mkdir(parents=True)
    shutil.copytree(root / "resources", work / "resources", ignore=_NOT_FOR_WINDOWS)
    client.compile_translations(root / "resources", work / "resources")
    write_icon(root / "resources" / "icons" / "connection-client.svg", work / "client.ico")
    version = client.client_version(root)
    for kind, file, title in (
        ("tray", f"{NAME}.exe", "CONNECTION Client"),
        ("console", "connection-client.exe", "CONNECTION Client, command line"),
    ):
        numbers = four_numbers(version)
        text = _VERSION_FILE.format(numbers=numbers, version=version, title=title, file=file)
        (work / f"version-{kind}.txt").write_text(text, "utf-8")


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """`1.0.0` as VERSIONINFO has it."""
    parts = [int(part) for part in version.split(".") if part.isdigit()]
    first, second, third, fourth, *_ = [*parts, 0, 0, 0, 0]
    return first, second, third, fourth

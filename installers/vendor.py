# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client's locked dependencies in one folder, without what a QtWidgets program never loads."""

import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installers import stamp
from installers.errors import BuildError

SYSTEM_PYTHON = "/usr/bin/python3"
QT_MODULES = ("QtCore", "QtDBus", "QtGui", "QtNetwork", "QtSvg", "QtSvgWidgets", "QtWidgets")
"""What the client may import of PySide6; a test holds the client to it."""

_QT_LIBRARIES = (
    "Core|DBus|Gui|Network|OpenGL|Svg|SvgWidgets|WaylandClient|WaylandEglClientHwIntegration|Widgets"
    "|WlShellIntegration|XcbQpa"
)
_QT_PLUGINS = (
    "iconengines/libqsvgicon|imageformats/libq(svg|ico|jpeg|gif)|networkinformation/.*"
    "|platforminputcontexts/lib(compose|ibus).*|platforms/libq(xcb|offscreen|wayland-egl|wayland-generic)"
    "|platformthemes/.*|wayland-decoration-client/.*"
    "|wayland-graphics-integration-client/libqt-plugin-wayland-egl|wayland-shell-integration/libxdg-shell"
    "|xcbglintegrations/.*"
)
_QT_KEPT = re.compile(
    "PySide6/("
    r"[^/]+\.py|support/.*|libpyside6\.abi3\.so\..*"
    rf"|({'|'.join(QT_MODULES)})\.abi3\.so"
    rf"|Qt/lib/(libQt6({_QT_LIBRARIES})|libicu(data|i18n|uc))\.so\..*"
    rf"|Qt/plugins/({_QT_PLUGINS})\.so"
    r"|Qt/translations/qtbase_[A-Za-z_]+\.qm"
    ")"
)
_NEVER_SHIPPED = re.compile(
    r".*\.(pyi|pyc|pxd|h|c)|(.*/)?__pycache__/.*|\.\./.*|(.*/)?(tests?|test_data)/.*|.*/py\.typed"
    r"|[^/]+\.dist-info/(RECORD|INSTALLER|REQUESTED|WHEEL|direct_url\.json|top_level\.txt|sboms/.*)"
)


def minor_version(python: str = SYSTEM_PYTHON) -> tuple[int, int]:
    """The Python version that the package will run on."""
    command = [python, "-ISc", "import sys; print(*sys.version_info[:2])"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    major, minor = answer.split()
    return int(major), int(minor)


def prepare(root: Path) -> Path:
    """The folder of dependencies below build/, made anew when the lock or this recipe changed."""
    folder = root / "build" / "debian" / "vendor"
    lock = root / "requirements" / "client.txt"
    current = stamp.fingerprint(root, [lock, root / "installers" / "vendor.py"], str(minor_version()))
    if stamp.is_current(folder, current):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _collect(root, lock, folder)
    compile_all(folder, "/opt/connection-client/vendor")
    stamp.keep(folder, current)
    return folder


def compile_all(folder: Path, installed_as: str) -> None:
    """Compile every module with the system's Python; the result neither depends on times nor on this path."""
    command = [SYSTEM_PYTHON, "-IS", "-m", "compileall", "-q", "-j1", "--invalidation-mode", "unchecked-hash"]
    command += ["-s", str(folder), "-p", installed_as, str(folder)]
    done = subprocess.run(command, env={"PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"{folder} was not compiled: {done.stdout}{done.stderr}".strip())


def _collect(root: Path, lock: Path, folder: Path) -> None:
    wanted = locked(lock)
    installed = distributions(path=[sysconfig.get_path("purelib")])
    here: dict[str, Distribution] = {canonicalize_name(d.metadata["Name"]): d for d in installed}
    fits = sys.version_info[:2] == minor_version() and all(
        name in here and here[name].version == version for name, version in wanted.items()
    )
    if fits:
        for name in wanted:
            _copy(here[name], folder)
        return
    fresh = root / "build" / "debian" / "downloaded"
    shutil.rmtree(fresh, ignore_errors=True)
    command = [SYSTEM_PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--target", str(fresh), "-r", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"The client's dependencies cannot be had: {done.stderr.strip()}")
    for distribution in distributions(path=[str(fresh)]):
        _copy(distribution, folder)
    shutil.rmtree(fresh)


def locked(lock: Path) -> dict[str, str]:
    """Name and version of every distribution of the lock file that belongs on this system."""
    found: dict[str, str] = {}
    python = ".".join(str(part) for part in minor_version())
    system = {"python_version": python, "python_full_version": python}
    for line in lock.read_text("utf-8").splitlines():
        text = line.rstrip(" \\")
        if not text or text[0] in "# -" or "==" not in text:
            continue
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate(system):
            found[canonicalize_name(requirement.name)] = next(iter(requirement.specifier)).version
    return found


def _copy(distribution: Distribution, folder: Path) -> None:
    for file in distribution.files or ():
        name = str(file)
        unwanted_qt = name.startswith("PySide6/") and not _QT_KEPT.fullmatch(name)
        if unwanted_qt or _NEVER_SHIPPED.fullmatch(name) or name.startswith("/"):
            continue
        source, target = Path(str(file.locate())), folder / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)

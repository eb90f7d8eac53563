# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The packages installed by dpkg into a root of their own, and started from there."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from connection_client.version import VERSION
from installers.vendor import SYSTEM_PYTHON
from tests.installers.conftest import SOURCE

# Loads every part of Qt that is shipped, draws with it, and loads the whole client.
PROBE = """
import sys
home = sys.argv[1]
sys.path[:0] = [home, home + "/vendor"]
from PySide6 import QtCore, QtDBus, QtGui, QtNetwork, QtSvg, QtSvgWidgets, QtWidgets
application = QtWidgets.QApplication(sys.argv[:1])
renderer = QtSvg.QSvgRenderer(home + "/resources/icons/connection-client.svg")
image = QtGui.QImage(64, 64, QtGui.QImage.Format.Format_ARGB32)
image.fill(0)
painter = QtGui.QPainter(image)
renderer.render(painter)
painter.end()
assert renderer.isValid() and image.pixelColor(8, 32).name() == "#0b6e6e", image.pixelColor(8, 32).name()
assert not QtGui.QIcon(home + "/resources/icons/connection-client.svg").pixmap(16).isNull()
import importlib, pkgutil
import connection_client
for module in pkgutil.walk_packages(connection_client.__path__, "connection_client."):
    if not module.name.endswith("__main__") and not any(word in module.name for word in ("windows", "macos")):
        importlib.import_module(module.name)
outside = [m.__file__ for m in sys.modules.values()
           if (getattr(m, "__file__", None) or "").startswith("/")  # PySide6 has some inside a library
           and not m.__file__.startswith((home, "/usr/lib/python3"))]
assert not outside, outside
print("loaded", application.platformName())
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root that knows of this machine's packages, so that dependencies count."""
    base = tmp_path / "root"
    for folder in ("updates", "info", "triggers"):
        (base / "var/lib/dpkg" / folder).mkdir(parents=True)
    status = Path("/var/lib/dpkg/status").read_text("utf-8")
    others = [
        entry
        for entry in status.split("\n\n")
        if not re.search(r"^Package: (connection-client|.*-ses)$", entry, re.MULTILINE)
    ]
    (base / "var/lib/dpkg/status").write_text("\n\n".join(others), "utf-8")
    return base


def dpkg(root: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [
        "dpkg",
        f"--root={root}",
        "--force-script-chrootless",
        "--no-triggers",
        "--log=/dev/null",
        *words,
    ]
    if os.getuid() != 0:
        command = ["fakeroot", *command]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_application_waits_for_the_client(root: Path, packages: dict[str, Path]) -> None:
    done = dpkg(root, "-i", str(packages["survey-viewer-ses_10.1.0.12_all.deb"]))
    assert done.returncode != 0
    assert "survey-viewer-ses depends on connection-client" in done.stderr


def test_install_update_and_remove(root: Path, packages: dict[str, Path], client_package: Path) -> None:
    first = dpkg(root, "-i", str(client_package), str(packages["survey-viewer-ses_10.1.0.12_all.deb"]))
    assert first.returncode == 0, first.stderr
    program = root / "usr/bin/survey-viewer-ses"
    assert run(program, "--version").stdout == "Survey Viewer SES 10.1.0.12\n"

    update = dpkg(root, "-i", str(packages["survey-viewer-ses_10.2.0.7_all.deb"]))
    assert update.returncode == 0, update.stderr
    assert run(program, "--version").stdout == "Survey Viewer SES 10.2.0.7\n"

    removal = dpkg(root, "--purge", "survey-viewer-ses", "connection-client")
    assert removal.returncode == 0, removal.stderr
    left = [path for path in root.rglob("*") if path.is_file() and "var/lib/dpkg" not in str(path)]
    assert left == []


def run(program: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **variables}
    return subprocess.run(
        [str(program), *words], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_starter_says_its_version(unpacked: Path) -> None:
    done = run(unpacked / "usr/bin/connection-client", "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"CONNECTION Client {VERSION}\n", "")


def test_the_starter_takes_nothing_from_the_persons_python(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')")
    (tmp_path / "connection_client.py").write_text("raise SystemExit('hijacked')")
    done = run(unpacked / "usr/bin/connection-client", "status", "--help", PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "status" in done.stdout


def test_the_starter_works_through_a_link(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "client").symlink_to(unpacked / "usr/bin/connection-client")
    assert run(tmp_path / "client", "--version").returncode == 0


@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_the_whole_client_loads_from_the_package_alone(unpacked: Path, tmp_path: Path, platform: str) -> None:
    probe = [SYSTEM_PYTHON, "-IS", "-B", "-c", PROBE, str(unpacked / "opt/connection-client")]
    if platform == "xcb":
        xvfb = shutil.which("xvfb-run")
        if xvfb is None:
            pytest.skip("xvfb-run is not installed")
        probe = [xvfb, "-a", *probe]
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "QT_QPA_PLATFORM": platform,
        "TMPDIR": str(tmp_path),
    }
    done = subprocess.run(probe, env=environment, capture_output=True, text=True, check=False, timeout=90)
    assert done.stdout == f"loaded {platform}\n", done.stderr


def libraries_of(bundle: Path) -> tuple[set[Path], set[str]]:
    """Libraries outside the bundle that its parts want, and those that are nowhere; the GTK theme may be."""
    outside: set[Path] = set()
    missing: set[str] = set()
    files = [path for path in bundle.rglob("*.so*") if path.is_file() and "libqgtk3" not in path.name]
    said = subprocess.run(["ldd", *map(str, files)], capture_output=True, text=True, check=False).stdout
    for name, place in re.findall(r"^\s+(\S+) => (not found|/\S+)", said, re.MULTILINE):
        if place == "not found":
            missing.add(name)
        elif not Path(place).is_relative_to(bundle):
            outside.add(Path(place).resolve())
    return outside, missing


def closure(wanted: set[str]) -> set[str]:
    """Every package that the given ones bring along on this machine."""
    status = Path("/var/lib/dpkg/status").read_text("utf-8")
    needs: dict[str, set[str]] = {}
    for entry in status.split("\n\n"):
        fields = dict(re.findall(r"^(Package|Depends|Pre-Depends): (.*)$", entry, re.MULTILINE))
        if "Package" in fields:
            text = f"{fields.get('Depends', '')}, {fields.get('Pre-Depends', '')}"
            needs[fields["Package"]] = set(re.findall(r"(?:^|[,|])\s*([a-z0-9][a-z0-9+.-]*)", text))
    reached: set[str] = set()
    waiting = set(wanted)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= needs.get(name, set()) - reached
    return reached


def dependencies(package: Path) -> set[str]:
    """The packages that it names, those for Wayland alone included."""
    command = ["dpkg-deb", "-f", str(package), "Depends"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {part.split()[0] for part in said.split(", ")}


def owners_of(files: set[Path]) -> dict[str, str]:
    """The Debian package of each library, by its file name."""
    # The database may know a library by either side of the link from /lib to /usr/lib.
    spelled = [str(path) for path in files] + [str(path).removeprefix("/usr") for path in files]
    command = ["dpkg-query", "-S", *spelled]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    pairs = [line.partition(": ") for line in said.splitlines()]
    return {Path(path).name: owner.split(":")[0] for owner, _, path in pairs}


def test_every_library_that_qt_wants_comes_with_a_dependency(unpacked: Path, client_package: Path) -> None:
    outside, missing = libraries_of(unpacked / "opt/connection-client/vendor")
    assert missing == set()
    owners = owners_of(outside)
    brought = closure(dependencies(client_package)) | {"libwayland-cursor0", "libwayland-egl1"}
    assert {path.name for path in outside if owners.get(path.name) not in brought} == set()


def test_run_installs_what_the_packages_depend_on(client_package: Path) -> None:
    text = (SOURCE / "run").read_text("utf-8")
    listed = re.search(r'^PACKAGES="([^"]+)"', text, re.MULTILINE)
    assert listed is not None
    installed = closure(set(listed[1].replace("\\\n", " ").split()))
    assert dependencies(client_package) - installed == set()


def test_the_documentation_names_the_licences(unpacked: Path) -> None:
    papers = unpacked / "usr/share/doc/connection-client"
    assert "Apache-2.0" in (papers / "copyright").read_text()
    assert (papers / "changelog.gz").is_file()
    changelog = (SOURCE / "installers/debian/changelog").read_text()
    assert changelog.startswith(f"connection-client ({VERSION})")

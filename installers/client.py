# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Debian package of the client: its own modules, its locked dependencies, its place on a desktop."""

import ast
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from installers import completion, deb, manual, stamp, vendor

HOME = "opt/connection-client"
_RECIPE = ("client.py", "deb.py", "manual.py", "vendor.py", "debian")
_INPUTS = ("connection_client", "resources", "requirements/client.txt")
_NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", "*.pyi", "*.po", "*.pot", "*.mo", "en_XA")

# What Qt's xcb platform plugin and fonts need from Debian; tests/installers compares this with the bundle.
_LIBRARIES = (
    "libc6 (>= 2.28)",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0",
    "libx11-6",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxcb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
    "zlib1g",
)

_STARTER = """\
#!/usr/bin/python3 -IS
# Isolated and without site: nothing of the person's Python gets in, and it starts sooner.
import os
import sys

home = os.path.realpath(__file__).removesuffix("usr/bin/connection-client") + "opt/connection-client"
sys.path[:0] = [home, home + "/vendor"]

from connection_client.__main__ import main

sys.exit(main())
"""


def build(root: Path, out: Path) -> Path:
    """Build the client's package into `out`, or return the one that is there and still true."""
    description = control(root)
    inputs = [root / name for name in _INPUTS] + [root / "installers" / name for name in _RECIPE]
    current = stamp.fingerprint(
        root, [path for path in inputs if path.exists()], str(vendor.minor_version()), _epoch()
    )
    package = out / description.filename
    if stamp.is_current(package, current):
        return package
    dependencies = vendor.prepare(root)
    with tempfile.TemporaryDirectory(dir=dependencies.parent) as scratch:
        tree = Path(scratch) / "tree"
        stage(root, tree)
        shutil.copytree(dependencies, tree / HOME / "vendor", copy_function=os.link)
        seconds = deb.release_time(root / "installers/debian/changelog")
        package = deb.write_package(tree, description, out, seconds, ("xz", 6))
    stamp.keep(package, current)
    return package


def control(root: Path) -> deb.Control:
    """The package's fields."""
    major, minor = vendor.minor_version()
    return deb.Control(
        package="connection-client",
        version=client_version(root),
        architecture=_architecture(),
        depends=(f"python3 (>= {major}.{minor})", f"python3 (<< {major}.{minor + 1})", *_LIBRARIES),
        recommends=(
            "gnome-keyring | kwalletmanager",
            "libwayland-cursor0",
            "libwayland-egl1",
            "pkexec",
            "xdg-utils",
        ),
        summary="companion of subscription software",
        description=(
            "CONNECTION Client stands in the tray: sign in once, always have the current\n"
            "version of every application, start working.\n"
            "\n"
            "Applications that carry SES in their name ask it whether the person at the\n"
            "computer may use them, online or offline."
        ),
        conffiles=("/etc/xdg/autostart/connection-client.desktop",),
    )


def client_version(root: Path) -> str:
    """The client's own version, read without importing it."""
    module = ast.parse((root / "connection_client" / "version.py").read_text("utf-8"))
    return str(next(ast.literal_eval(node.value) for node in module.body if isinstance(node, ast.Assign)))


def stage(root: Path, tree: Path) -> None:
    """Lay out everything but the dependencies below `tree`, as it is installed below /."""
    home = tree / HOME
    shutil.copytree(root / "connection_client", home / "connection_client", ignore=_NOT_SHIPPED)
    shutil.copytree(root / "resources", home / "resources", ignore=_NOT_SHIPPED)
    compile_translations(root / "resources", home / "resources")
    vendor.compile_all(home / "connection_client", f"/{HOME}/connection_client")
    for source, target in _desktop_files(root):
        (tree / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, tree / target)
    starter = tree / "usr/bin/connection-client"
    starter.parent.mkdir(parents=True)
    starter.write_text(_STARTER, "utf-8")
    # A program of its own: the question for a password then says what it is for.
    elevated = home / "libexec" / "install-packages"
    elevated.parent.mkdir()
    code = (root / "connection_client/system/elevated_install.py").read_text("utf-8")
    elevated.write_text(f"#!/usr/bin/python3 -I\n{code}", "utf-8")
    debian = root / "installers" / "debian"
    page = manual.manual(client_version(root), deb.release_time(debian / "changelog"))
    deb.write_compressed(tree / "usr/share/man/man1/connection-client.1.gz", page.encode())
    for place, script in completion.SHELLS.items():
        (tree / place).parent.mkdir(parents=True)
        (tree / place).write_text(script(), "utf-8")
    deb.write_compressed(
        tree / "usr/share/doc/connection-client/changelog.gz", (debian / "changelog").read_bytes()
    )


def _desktop_files(root: Path) -> Iterator[tuple[Path, str]]:
    desktop = root / "resources" / "desktop"
    yield desktop / "connection-client.desktop", "usr/share/applications/connection-client.desktop"
    yield desktop / "connection-client-autostart.desktop", "etc/xdg/autostart/connection-client.desktop"
    yield (
        desktop / "com.example.connection_client.metainfo.xml",
        "usr/share/metainfo/com.example.connection_client.metainfo.xml",
    )
    yield (
        desktop / "com.example.connection_client.policy",
        "usr/share/polkit-1/actions/com.example.connection_client.policy",
    )
    icon = "usr/share/icons/hicolor/scalable/apps/connection-client.svg"
    yield root / "resources" / "icons" / "connection-client.svg", icon
    yield root / "installers" / "debian" / "copyright", "usr/share/doc/connection-client/copyright"
    yield (
        root / "installers" / "debian" / "lintian-overrides",
        "usr/share/lintian/overrides/connection-client",
    )


def compile_translations(source: Path, target: Path) -> None:
    """Turn every catalogue of texts (`.po`) into the form that gettext reads (`.mo`)."""
    files = sorted(source.rglob("*.po"))
    if not files:
        return
    from installers import catalogues  # with Babel, which is needed only where there is something to do

    for file in files:
        compiled = (target / file.relative_to(source)).with_suffix(".mo")
        catalogues.write_compiled(catalogues.load(file), compiled)


def _architecture() -> str:
    return subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()


def _epoch() -> str:
    return os.environ.get("SOURCE_DATE_EPOCH", "")

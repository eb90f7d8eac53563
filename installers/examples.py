# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Debian packages of the example applications: each in an older version and in the current one."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from installers import deb, stamp, vendor

_RECIPE = ("deb.py", "examples.py", "debian/changelog", "debian/copyright")
_NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", "icon.svg")
_NEW_IN_10_2 = "measure.py"


@dataclass(frozen=True)
class Application:
    """An example application; `module` is its folder below examples/."""

    product: str
    module: str
    name: str
    summary: str
    mime_types: tuple[str, ...]
    keywords: str

    @property
    def package(self) -> str:
        """The name of its Debian package and of its program."""
        return f"{self.product}-ses"


APPLICATIONS = (
    Application(
        "survey-viewer",
        "survey_viewer",
        "Survey Viewer SES",
        "shows survey points of CSV files in plan",
        ("text/csv",),
        "survey;points;CSV;SES;",
    ),
    Application(
        "mesh-viewer",
        "mesh_viewer",
        "Mesh Viewer SES",
        "shows shaded solids of STL files",
        ("model/stl", "application/sla", "application/vnd.ms-pki.stl"),
        "mesh;solid;STL;SES;",
    ),
    Application(
        "drawing-viewer",
        "drawing_viewer",
        "Drawing Viewer SES",
        "shows DXF drawings by layer",
        ("image/vnd.dxf", "application/dxf"),
        "drawing;CAD;DXF;SES;",
    ),
)
VERSIONS = ("10.1.0.12", "10.2.0.7")

_STARTER = """\
#!/usr/bin/python3 -IS
import os
import runpy
import sys

root = os.path.realpath(__file__).removesuffix("usr/bin/{package}")
sys.path.insert(0, root + "usr/share/{package}")
runpy.run_module("examples.{module}", run_name="__main__", alter_sys=True)
"""

_DESKTOP_ENTRY = """\
[Desktop Entry]
Type=Application
Version=1.0
Name={name}
Comment={comment}
Exec={package} %f
TryExec={package}
Icon={package}
Terminal=false
StartupNotify=true
StartupWMClass={package}
Categories=Graphics;Viewer;
Keywords={keywords}
MimeType={mime_types};
X-SES-Product={product}
X-SES-Version={version}
"""


_OVERRIDES = """\
# Compiled here once and the same in every build: the application starts at once and writes nothing.
{package}: package-installs-python-pycache-dir *
"""


def build(root: Path, out: Path) -> tuple[Path, ...]:
    """Build every application in every version into `out`; what is up to date is reused."""
    return tuple(build_one(root, out, app, version) for app in APPLICATIONS for version in VERSIONS)


def build_one(root: Path, out: Path, app: Application, version: str) -> Path:
    """Build one version of one application."""
    inputs = [root / "examples/common", root / "examples" / app.module, root / "connection_client/sdk"]
    inputs += [root / "installers" / name for name in _RECIPE]
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    current = stamp.fingerprint(root, inputs, version, str(vendor.minor_version()), epoch)
    description = _control(app, version)
    package = out / description.filename
    if stamp.is_current(package, current):
        return package
    with tempfile.TemporaryDirectory(dir=out) as scratch:
        tree = Path(scratch) / "tree"
        stage(root, tree, app, version)
        seconds = deb.release_time(root / "installers/debian/changelog")
        deb.write_package(tree, description, out, seconds, ("xz", 6))
    stamp.keep(package, current)
    return package


def _control(app: Application, version: str) -> deb.Control:
    return deb.Control(
        package=app.package,
        version=version,
        architecture="all",
        depends=("connection-client (>= 0.1)", "python3 (>= 3.11)", "python3-tk"),
        section="graphics",
        summary=app.summary,
        description=(
            f"{app.name} uses Subscription Entitlement Service licensing: it asks\n"
            "CONNECTION Client whether the person at the computer may use it."
        ),
    )


def stage(root: Path, tree: Path, app: Application, version: str) -> None:
    """Lay the application out below `tree`, as it is installed below /."""
    share = tree / "usr/share" / app.package
    copy_modules(root, share, app, version)
    vendor.compile_all(share, f"/usr/share/{app.package}")
    starter = tree / "usr/bin" / app.package
    starter.parent.mkdir(parents=True)
    starter.write_text(_STARTER.format(package=app.package, module=app.module), "utf-8")
    entry = tree / "usr/share/applications" / f"{app.package}.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text(_desktop_entry(app, version), "utf-8")
    icon = tree / "usr/share/icons/hicolor/scalable/apps" / f"{app.package}.svg"
    icon.parent.mkdir(parents=True)
    shutil.copyfile(root / "examples" / app.module / "icon.svg", icon)
    overrides = tree / "usr/share/lintian/overrides" / app.package
    overrides.parent.mkdir(parents=True)
    overrides.write_text(_OVERRIDES.format(package=app.package), "utf-8")
    papers = tree / "usr/share/doc" / app.package
    papers.mkdir(parents=True)
    shutil.copyfile(root / "installers/debian/copyright", papers / "copyright")
    changes = (
        f"{app.package} ({version}) stable; urgency=medium\n\n  * {_change(version)}\n\n{_signature(root)}\n"
    )
    deb.write_compressed(papers / "changelog.gz", changes.encode())


def copy_modules(root: Path, share: Path, app: Application, version: str) -> None:
    """The program, what it shares with the others, and its own copy of the kit that asks the client."""
    for name in ("common", app.module):
        shutil.copytree(root / "examples" / name, share / "examples" / name, ignore=_NOT_SHIPPED)
    shutil.copytree(root / "connection_client/sdk", share / "connection_client/sdk", ignore=_NOT_SHIPPED)
    release = share / "examples/common/release.py"
    release.write_text(
        "\n".join(
            f'VERSION = "{version}"' if line.startswith("VERSION = ") else line
            for line in release.read_text("utf-8").splitlines()
        )
        + "\n",
        "utf-8",
    )
    if version == VERSIONS[0]:
        for module in share.rglob(_NEW_IN_10_2):
            module.unlink()


def _desktop_entry(app: Application, version: str) -> str:
    comment = app.summary[0].upper() + app.summary[1:]
    return _DESKTOP_ENTRY.format(
        name=app.name,
        comment=comment,
        package=app.package,
        keywords=app.keywords,
        mime_types=";".join(app.mime_types),
        product=app.product,
        version=version,
    )


def _change(version: str) -> str:
    return "First version." if version == VERSIONS[0] else "Measuring: distances in plan, size of solids."


def _signature(root: Path) -> str:
    lines = (root / "installers/debian/changelog").read_text("utf-8").splitlines()
    return next(line for line in lines if line.startswith(" -- "))

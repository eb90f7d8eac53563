# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Debian package from a folder: the same bytes from the same inputs (Debian Policy, deb-control(5)).

Order, owner, modes, times and the number of compressing threads are fixed; nothing of the building
machine gets into the package.
"""

import gzip
import os
import re
import subprocess
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from installers.errors import BuildError

_DAY = re.compile(r"^ -- .*>  (?P<date>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Control:
    """The fields of a package; `conffiles` are absolute paths that an administrator may change."""

    package: str
    version: str
    architecture: str
    depends: tuple[str, ...]
    summary: str
    description: str
    section: str = "utils"
    recommends: tuple[str, ...] = ()
    conffiles: tuple[str, ...] = field(default=())

    @property
    def filename(self) -> str:
        """The name that Debian's tools give the file."""
        return f"{self.package}_{self.version}_{self.architecture}.deb"

    def text(self, installed_kilobytes: int) -> str:
        """The control file."""
        lines = [
            f"Package: {self.package}",
            f"Version: {self.version}",
            f"Architecture: {self.architecture}",
            "Maintainer: The CONNECTION Client developers <developers@connection-client.example>",
            f"Installed-Size: {installed_kilobytes}",
            f"Depends: {', '.join(self.depends)}",
            *([f"Recommends: {', '.join(self.recommends)}"] if self.recommends else []),
            f"Section: {self.section}",
            "Priority: optional",
            f"Description: {self.summary}",
            *(f" {line or '.'}" for line in self.description.splitlines()),
        ]
        return "\n".join(lines) + "\n"


def release_time(changelog: Path) -> int:
    """Seconds of the newest changelog entry, or SOURCE_DATE_EPOCH where the caller sets it."""
    if asked := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(asked)
    match = _DAY.search(changelog.read_text("utf-8"))
    if match is None:
        raise BuildError(f"{changelog} has no dated entry. Add one in the form of deb-changelog(5).")
    return int(datetime.strptime(match["date"], "%a, %d %b %Y %H:%M:%S %z").timestamp())


def write_compressed(path: Path, content: bytes) -> None:
    """A gzip file without name and time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, 9, mtime=0))


def write_package(
    tree: Path, control: Control, out: Path, seconds: int, compression: tuple[str, int]
) -> Path:
    """Write the package of `tree` into the folder `out`; `compression` is dpkg-deb's type and level."""
    _settle_modes(tree)
    control_folder = tree / "DEBIAN"
    control_folder.mkdir(mode=0o755)
    files = [path for path in sorted(tree.rglob("*")) if path.is_file()]
    kilobytes = sum((path.stat().st_size + 1023) // 1024 for path in files)
    (control_folder / "control").write_text(control.text(kilobytes), "utf-8")
    if control.conffiles:
        (control_folder / "conffiles").write_text("".join(f"{path}\n" for path in control.conffiles), "utf-8")
    package = out / control.filename
    unfinished = package.with_suffix(".part")
    kind, level = compression
    command = ["dpkg-deb", "--root-owner-group", "--no-uniform-compression", f"-Z{kind}", f"-z{level}"]
    command += ["--threads-max=2", "--build", str(tree), str(unfinished)]
    fixed_time = os.environ | {"SOURCE_DATE_EPOCH": str(seconds)}
    done = subprocess.run(command, env=fixed_time, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"{control.filename} was not built: {done.stderr.strip()}")
    unfinished.replace(package)
    return package


def _settle_modes(tree: Path) -> None:
    tree.chmod(0o755)
    for path in tree.rglob("*"):
        if path.is_symlink():
            continue
        started = path.is_dir() or (path.parent.name in ("bin", "libexec") and path.is_file())
        path.chmod(0o755 if started else 0o644)

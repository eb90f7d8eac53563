# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is installed by rpm packages. Their database changed its format three times: its command is asked."""

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from connection_client.domain.catalogue import Product
from connection_client.domain.installed import Evidence, LaunchTarget
from connection_client.products.detector import Finding
from connection_client.system.desktop_entry import read_desktop_entry
from connection_client.system.linux_detection import rules_of
from connection_client.system.program_output import lines_of

_FORMAT = "%{NAME}\\t%{VERSION}\\t%{RELEASE}\\t%{ARCH}\\n"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9+._-]{0,127}")
_FIELDS = 4
_DATABASES = ("rpmdb.sqlite", "rpmdb.sqlite-wal", "Packages", "Packages.db")

# Where rpm is a guest (Debian), its database lies in the home of whom it works for: that of the installer.
_AS_ROOT = {"HOME": "/root"}


def database_files(root: Path = Path("/")) -> tuple[Path, ...]:
    """What moves when packages come and go: SQLite and its log, and what databases were called before.

    The folder's own time moves only where files come and go. Fedora keeps it below /usr/lib/sysimage.
    """
    folders = (root / "var/lib/rpm", root / "usr/lib/sysimage/rpm")
    return tuple(folder / name for folder in folders for name in _DATABASES)


class RpmDetector:
    """Implements `products.detector.Detector` with the rules of type `rpm`; `root` is / but for tests."""

    def __init__(self, root: Path = Path("/"), program: str = "rpm") -> None:
        self._root = root
        self._program = program

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """Every wanted package; several versions of one package are findings of their own."""
        wanted = {name: at for name, at in rules_of(products, "rpm").items() if _NAME.fullmatch(name)}
        program = shutil.which(self._program) if wanted else None
        if program is None:
            return ()
        command = [program, f"--root={self._root}", "-q", "--queryformat", _FORMAT, "--", *wanted]
        return tuple(self._findings(program, lines_of(command, **_AS_ROOT), wanted))

    def files_of(self, package: str, version: str) -> tuple[str, ...]:
        """The paths that `name.architecture` brought in `version-release`; empty where nobody can say."""
        program = shutil.which(self._program)
        name, _, architecture = package.rpartition(".")
        if program is None or not _NAME.fullmatch(name):
            return ()
        wanted = f"{name}-{version}.{architecture}"
        command = [program, f"--root={self._root}", "-ql", "--", wanted]
        return tuple(line for line in lines_of(command, **_AS_ROOT) if line.startswith("/"))

    def _findings(
        self, program: str, lines: Iterable[str], wanted: dict[str, tuple[Product, int]]
    ) -> Iterator[Finding]:
        for line in lines:
            fields = line.split("\t")
            if len(fields) != _FIELDS or fields[0] not in wanted:
                continue  # "package x is not installed"
            name, version, release, architecture = fields
            product, place = wanted[name]
            evidence = Evidence("rpm", f"{name}.{architecture}", f"{version}-{release}")
            yield Finding(product.id, place, version, evidence, self._launch(program, name))

    def _launch(self, program: str, name: str) -> LaunchTarget | None:
        files = lines_of([program, f"--root={self._root}", "-ql", "--", name], **_AS_ROOT)
        for file in files:
            if file.startswith("/usr/share/applications/") and file.endswith(".desktop"):
                entry = read_desktop_entry(self._root / file.lstrip("/"), Path(file))
                if entry is not None:
                    return entry.target()
        return next((LaunchTarget((file,)) for file in files if file == f"/usr/bin/{name}"), None)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The package database of Debian and its relatives, read as files: quick, and without asking any program."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

_LARGEST_LIST = 16 << 20  # bytes


@dataclass(frozen=True)
class DpkgPackage:
    """An installed package; `version` is Debian's text, say `1:10.2.0.7-1`."""

    name: str
    architecture: str
    version: str

    @property
    def upstream_version(self) -> str:
        """Without epoch and Debian revision (Debian Policy, section 5.6.12)."""
        without_epoch = self.version.partition(":")[2] or self.version
        return without_epoch.rpartition("-")[0] or without_epoch


class DpkgDatabase:
    """The database below `root`, which is `/` but for tests."""

    def __init__(self, root: Path = Path("/")) -> None:
        self.root = root
        self._folder = root / "var/lib/dpkg"

    @property
    def status_file(self) -> Path:
        """Where the status of all packages stands."""
        return self._folder / "status"

    def installed(self, wanted: Container[str]) -> Iterator[DpkgPackage]:
        """The wanted packages that are fully installed; raises OSError where there is no database.

        The file has a stanza of some thirty lines for each package; only three of them are looked at, and
        none where the name is not wanted.
        """
        fields: dict[bytes, bytes] | None = None
        with self.status_file.open("rb") as lines:
            for line in chain(lines, (b"\n",)):
                if line == b"\n":
                    package = _package_in(fields) if fields else None
                    fields = None
                    if package is not None:
                        yield package
                elif line.startswith(b"Package: "):
                    name = line[9:].strip()
                    fields = {b"Package": name} if name.decode("ascii", "replace") in wanted else None
                elif fields is not None:
                    key, _, value = line.partition(b": ")
                    fields[key] = value.strip()

    def files_of(self, package: DpkgPackage) -> tuple[str, ...]:
        """The paths that the package brought, as it names them; empty where its list cannot be read."""
        for stem in (package.name, f"{package.name}:{package.architecture}"):
            if "/" in stem:
                continue
            try:
                with (self._folder / "info" / f"{stem}.list").open("rb") as file:
                    content = file.read(_LARGEST_LIST)
            except OSError:
                continue
            return tuple(content.decode("utf-8", "surrogateescape").splitlines())
        return ()


def _package_in(fields: Mapping[bytes, bytes]) -> DpkgPackage | None:
    """The package of a stanza; None where it is removed, half installed, or says no version."""
    wanted, _, state = fields.get(b"Status", b"").rpartition(b" ")
    version = fields.get(b"Version", b"").decode("ascii", "replace")
    if state != b"installed" or not wanted or not version:
        return None
    name, architecture = fields[b"Package"], fields.get(b"Architecture", b"")
    return DpkgPackage(name.decode("ascii", "replace"), architecture.decode("ascii", "replace"), version)

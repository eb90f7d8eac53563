# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which of the installed applications run now, seen in /proc. They are named to the person, never ended."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from connection_client.domain.installed import OWN_PRODUCT, Evidence, InstalledProduct
from connection_client.system.dpkg_database import DpkgDatabase, DpkgPackage
from connection_client.system.linux_programs import (
    flatpak_of_process,
    mark_of_flatpak,
    marks_of_command,
    marks_of_process,
)
from connection_client.system.rpm_detection import RpmDetector
from connection_client.system.x11_windows import ask_to_close, bring_to_front, titles

_NO_NAMES = ("", ".", "..")
_EVERYBODYS = frozenset({"/.", "/usr", "/usr/bin"})


class LinuxProcesses:
    """Implements `updates.install.Applications`; `proc` and the database's root are others in tests."""

    def __init__(
        self, database: DpkgDatabase, proc: Path = Path("/proc"), rpm: RpmDetector | None = None
    ) -> None:
        self._database, self._proc = database, proc
        self._rpm = rpm or RpmDetector()
        self._rpm_files: dict[Evidence, tuple[str, ...]] = {}

    def running(self, products: Sequence[InstalledProduct]) -> frozenset[str]:
        """The ids of those that run. This client is left out: it is always there and comes back by itself."""
        wanted: dict[str, set[str]] = {}
        for one in products:  # several versions of one product, side by side
            if one.product_id != OWN_PRODUCT:
                wanted.setdefault(one.product_id, set()).update(self._programs_of(one))
        flatpaks = any(_is_flatpak(mark) for marks in wanted.values() for mark in marks)
        programs = {program for _process, program in self._running_programs(flatpaks=flatpaks)}
        return frozenset(name for name, marks in wanted.items() if not programs.isdisjoint(marks))

    def processes_of(self, product: InstalledProduct) -> frozenset[int]:
        """The numbers of the processes that run the product."""
        programs = set(self._programs_of(product))
        running = self._running_programs(flatpaks=any(map(_is_flatpak, programs)))
        return frozenset(process for process, program in running if program in programs)

    def bring_to_front(self, installed: InstalledProduct) -> bool:
        """Implements `launch.ports.Windows`."""
        return bring_to_front(self.processes_of(installed), _window_classes(installed))

    def titles(self, product: InstalledProduct) -> tuple[str, ...]:
        """What stands above its windows; nothing where they cannot be seen, as under Wayland."""
        return titles(self.processes_of(product), _window_classes(product))

    def ask_to_close(self, product: InstalledProduct) -> bool:
        """Ask each of its windows to close; False where none can be asked."""
        return ask_to_close(self.processes_of(product), _window_classes(product))

    def _programs_of(self, product: InstalledProduct) -> Iterator[str]:
        """What would be seen running: what starts it, its parts, and every file of its package."""
        for mark in _marks_of_start(product):
            yield mark
            if mark.startswith("/"):
                program, names = (
                    PurePosixPath(mark),
                    (name for name in product.parts if name not in _NO_NAMES),
                )
                yield from (str(program.with_name(name)) for name in names)
        for evidence in product.evidence:
            # Its folders are those of many packages, and nobody runs a folder.
            yield from (file for file in self._files_of(evidence) if file not in _EVERYBODYS)

    def _files_of(self, evidence: Evidence) -> Sequence[str]:
        if evidence.source == "dpkg":
            name, _, architecture = evidence.where.partition(":")
            return self._database.files_of(DpkgPackage(name, architecture, evidence.version_text))
        if evidence.source == "rpm":
            # A version's files stay the same, and its database is asked through a program.
            if evidence not in self._rpm_files:
                files = self._rpm.files_of(evidence.where, evidence.version_text)
                if not files:  # it is being written to
                    return ()
                self._rpm_files[evidence] = files
            return self._rpm_files[evidence]
        return ()

    def _running_programs(self, *, flatpaks: bool) -> Iterator[tuple[int, str]]:
        for folder in self._proc.glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue  # ended meanwhile
            process = int(folder.name)
            told = [word.decode("utf-8", "surrogateescape") for word in words if word]
            marks = [*marks_of_process(told, folder)]
            if flatpaks:
                marks.append(flatpak_of_process(folder))
            yield from ((process, mark) for mark in marks if mark)


def _marks_of_start(product: InstalledProduct) -> tuple[str, ...]:
    start = product.launch
    return tuple(marks_of_command(start.command, start.working_folder)) if start is not None else ()


def _is_flatpak(mark: str) -> bool:
    return mark.startswith(mark_of_flatpak(""))


def _window_classes(product: InstalledProduct) -> frozenset[str]:
    """What toolkits make of a program's name where they do not tell its process."""
    names = {PurePosixPath(mark).name.rpartition(":")[2] for mark in _marks_of_start(product)}
    if product.launch is not None and product.launch.desktop_entry is not None:
        names.add(product.launch.desktop_entry.stem)
    return frozenset(names)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which of the installed applications run now, seen in /proc. They are named to the person, never ended."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from connection_client.domain.installed import OWN_PRODUCT, InstalledProduct
from connection_client.system.dpkg_database import DpkgDatabase, DpkgPackage
from connection_client.system.x11_windows import ask_to_close, bring_to_front, titles

_INTERPRETERS = ("python", "sh", "bash", "dash", "perl", "ruby", "node", "java", "mono")


class LinuxProcesses:
    """Implements `updates.install.Applications`; `proc` and the database's root are others in tests."""

    def __init__(self, database: DpkgDatabase, proc: Path = Path("/proc")) -> None:
        self._database = database
        self._proc = proc

    def running(self, products: Sequence[InstalledProduct]) -> frozenset[str]:
        """The ids of those that run. This client is left out: it is always there and comes back by itself."""
        programs = {program for _process, program in self._running_programs()}
        return frozenset(
            product.product_id
            for product in products
            if product.product_id != OWN_PRODUCT and not programs.isdisjoint(self._programs_of(product))
        )

    def processes_of(self, product: InstalledProduct) -> frozenset[int]:
        """The numbers of the processes that run the product."""
        programs = set(self._programs_of(product))
        running = self._running_programs()
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
        """The files that would be seen running: what starts it, and every file of its package."""
        if product.launch is not None and product.launch.command[0].startswith("/"):
            program = PurePosixPath(product.launch.command[0])
            yield str(program)
            yield from (str(program.with_name(name)) for name in product.parts if name not in ("", ".", ".."))
        for evidence in product.evidence:
            if evidence.source == "dpkg":
                name, _, architecture = evidence.where.partition(":")
                files = self._database.files_of(DpkgPackage(name, architecture, evidence.version_text))
                # Its folders are those of many packages, and nobody runs a folder.
                yield from (file for file in files if file not in ("/.", "/usr", "/usr/bin"))

    def _running_programs(self) -> Iterator[tuple[int, str]]:
        for folder in self._proc.glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue  # ended meanwhile
            process = int(folder.name)
            for program in _programs_in([word.decode("utf-8", "surrogateescape") for word in words if word]):
                yield process, program
            try:
                yield process, str((folder / "exe").readlink())
            except OSError:
                continue  # somebody else's, or a thread of the kernel


def _window_classes(product: InstalledProduct) -> frozenset[str]:
    """What toolkits make of a program's name where they do not tell its process."""
    names = {Path(word).name for word in (product.launch.command[:1] if product.launch else ())}
    if product.launch is not None and product.launch.desktop_entry is not None:
        names.add(product.launch.desktop_entry.stem)
    return frozenset(names)


def _programs_in(words: Sequence[str]) -> Iterator[str]:
    """The program and, behind an interpreter, its script; a document that is merely open is neither."""
    if not words:
        return
    yield words[0]
    if PurePosixPath(words[0]).name.startswith(_INTERPRETERS):
        script = next((word for word in words[1:] if not word.startswith("-")), None)
        if script is not None:
            yield script

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which of the installed applications run on this Mac, as `ps` says. They are named, never ended.

An application runs where a program out of its bundle runs, whatever the program is called: its helpers lie
inside, and its documents do not.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from connection_client.domain.installed import OWN_PRODUCT, InstalledProduct
from connection_client.system.macos_bundles import bundle_around, read_bundle
from connection_client.system.macos_tools import SYSTEM_PATH, asked
from connection_client.system.program_output import lines_of

# An application that does not run would be started by the wish that it ends. Nobody waits for its answer:
# it may ask what to save.
_QUIT = (
    "on run argv",
    "set wanted to item 1 of argv",
    'if application id wanted is not running then return "not running"',
    "ignoring application responses",
    "tell application id wanted to quit",
    "end ignoring",
    'return "asked"',
    "end run",
)


class MacProcesses:
    """Implements `updates.install.Applications` and `launch.ports.Windows`."""

    def __init__(self, path: str = SYSTEM_PATH) -> None:
        self._path = path

    def running(self, products: Sequence[InstalledProduct]) -> frozenset[str]:
        """The ids of those that run. This client is left out: it is always there and comes back by itself."""
        programs = self._programs()
        return frozenset(
            product.product_id
            for product in products
            if product.product_id != OWN_PRODUCT and _runs(product, programs)
        )

    def bring_to_front(self, installed: InstalledProduct) -> bool:
        """Show it as a click in the Dock does; False where none runs."""
        programs = self._programs()
        running = (bundle for bundle in _bundles_of(installed) if _runs_from(bundle, programs))
        return any(asked(self._path, "open", "-a", str(bundle)).status == 0 for bundle in running)

    def titles(self, product: InstalledProduct) -> tuple[str, ...]:  # noqa: ARG002  # as the port wants it
        """Nothing: macOS shows windows' titles only to programs that may record the screen."""
        return ()

    def ask_to_close(self, product: InstalledProduct) -> bool:
        """Ask it to quit, as its menu does; False where it does not run or may not be asked."""
        osascript = shutil.which("osascript", path=self._path)
        if osascript is None or not _runs(product, self._programs()):
            return False
        read = [read_bundle(bundle) for bundle in _bundles_of(product)]
        identifiers = dict.fromkeys(bundle.identifier for bundle in read if bundle is not None)
        script = [word for line in _QUIT for word in ("-e", line)]
        answers = [lines_of([osascript, *script, "--", identifier])[:1] for identifier in identifiers]
        return ("asked",) in answers

    def _programs(self) -> tuple[str, ...]:
        """The full path of every program that runs, without its arguments."""
        ps = shutil.which("ps", path=self._path)
        return tuple(line.strip() for line in lines_of([ps, "-axww", "-o", "comm="])) if ps else ()


def _runs(product: InstalledProduct, programs: Sequence[str]) -> bool:
    if any(_runs_from(bundle, programs) for bundle in _bundles_of(product)):
        return True
    return product.launch is not None and product.launch.command[0] in programs


def _runs_from(bundle: Path, programs: Sequence[str]) -> bool:
    # The system names programs by where they really are.
    insides = f"{bundle}/Contents/", f"{bundle.resolve()}/Contents/"
    return any(program.startswith(insides) for program in programs)


def _bundles_of(product: InstalledProduct) -> Iterator[Path]:
    """Where the application lies; several copies of one version are one product."""
    found = [Path(evidence.where) for evidence in product.evidence if evidence.source == "bundle"]
    started = bundle_around(product.launch.command[0]) if product.launch is not None else None
    yield from dict.fromkeys([*([started] if started is not None else []), *found])

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What figures were measured on, and whether anything else was going on."""

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from connection_client.version import VERSION


@dataclass(frozen=True)
class Machine:
    """A computer at the beginning of a run.

    `memory` is in GB. `load` is the kernel's average of the last minute, in programs that want to run.
    `with_qt` counts the programs that have Qt open: they share its pages, which lowers what each of those
    measured seems to take.
    """

    at: str
    processor: str
    cores: int
    memory: int
    system: str
    kernel: str
    python: str
    client: str
    load: float
    with_qt: int

    def __str__(self) -> str:
        """A paragraph of a document."""
        quiet = f"the load was {self.load:.2f}, and " + (
            f"{self.with_qt} other programs had Qt open" if self.with_qt else "no other program had Qt open"
        )
        return (
            f"Measured on {self.at} with {self.processor}, {self.cores} cores, {self.memory} GB, "
            f"{self.system}, kernel {self.kernel}, Python {self.python}, "
            f"the client {self.client} from its source tree. "
            f"At the beginning {quiet}."
        )


def this_machine() -> Machine:
    """The computer now."""
    return Machine(
        at=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        processor=processor(Path("/proc/cpuinfo").read_text(encoding="utf-8")) or platform.machine(),
        cores=os.cpu_count() or 1,
        memory=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        system=_system(),
        kernel=platform.release(),
        python=platform.python_version(),
        client=VERSION,
        load=round(os.getloadavg()[0], 2),
        with_qt=sum(map(_has_qt, Path("/proc").glob("[0-9]*"))),
    )


def processor(cpuinfo: str) -> str:
    """The model that the kernel names first, or nothing."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return ""


def _system() -> str:
    release = platform.freedesktop_os_release()
    try:
        version = Path("/etc/debian_version").read_text(encoding="utf-8").strip()
    except OSError:
        return release["PRETTY_NAME"]
    return f"{release['NAME']} {version}" if release["ID"] == "debian" else release["PRETTY_NAME"]


def _has_qt(process: Path) -> bool:
    try:
        maps = (process / "maps").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended, or is another person's
        return False
    return "libQt6Core" in maps or "libQt5Core" in maps

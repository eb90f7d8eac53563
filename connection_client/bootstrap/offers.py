# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an operating system offers to the rooms, as one value."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from connection_client.domain.installed import LaunchTarget
from connection_client.domain.notices import NoNotices, Notices
from connection_client.domain.wishes import NoWishes, WishesReader
from connection_client.launch.ports import Programs, Windows
from connection_client.products.detector import Detector
from connection_client.updates.context import Computer, Surroundings
from connection_client.updates.install import Applications, Installer
from connection_client.workspace.rooms import never


def _nothing() -> None:
    """Nothing is open."""


def _unchanged() -> tuple[object, ...]:
    """Everything that is looked at is a file."""
    return ()


def _no_icon(_target: LaunchTarget) -> Path | None:
    """Programs here carry none that is found."""


@dataclass(frozen=True)
class Local:
    """What this system offers; `watched` and `changes` move when something is installed or removed."""

    detectors: tuple[Detector, ...]
    installer: Installer
    applications: Applications
    programs: Programs
    computer: Callable[[], Computer]
    watched: tuple[Path, ...] = ()
    changes: Callable[[], tuple[object, ...]] = _unchanged
    surroundings: Callable[[], Surroundings] = Surroundings
    windows: Windows | None = None
    wakeups: Callable[[Callable[[], None]], Callable[[], None]] = never
    notices: Notices = field(default_factory=NoNotices)
    wishes: WishesReader = field(default_factory=NoWishes)
    icon_file: Callable[[LaunchTarget], Path | None] = _no_icon
    close: Callable[[], None] = _nothing

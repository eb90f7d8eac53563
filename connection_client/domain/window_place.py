# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the window was, so that it comes back there."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class WindowPlace:
    """Logical pixels on the whole desktop."""

    x: int
    y: int
    width: int
    height: int
    maximised: bool = False


class WindowPlaces(Protocol):
    """Remembers one place from start to start."""

    def load(self) -> WindowPlace | None:
        """The place that was kept last; None where there is none, or none that can be read."""
        ...

    def keep(self, place: WindowPlace) -> None:
        """Remember this one; raises FolderNotWritable."""
        ...


class NoPlaces:
    """Remembers nothing."""

    def load(self) -> WindowPlace | None:
        """Nothing."""
        return None

    def keep(self, place: WindowPlace) -> None:
        """Forget it at once."""

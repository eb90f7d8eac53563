# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person sees and does at an X screen: windows, pictures, the mouse and the keyboard."""

import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.world.waiting import wait_until

_SECONDS = 20.0
_SIDES = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
_STILL = 3  # pictures that are the same: nothing is being drawn any more


class Place(NamedTuple):
    """Where a window is, in pixels of the screen."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Screen:
    """`entrance` goes before every command; `environment` names the display."""

    entrance: tuple[str, ...]
    environment: Mapping[str, str]

    def run(self, *command: str) -> bytes:
        """What a program of X wrote; its exit code says nothing to us."""
        whole = [*self.entrance, *command]
        return subprocess.run(
            whole, env=dict(self.environment), capture_output=True, check=False, timeout=_SECONDS
        ).stdout

    def windows(self, name: str) -> list[int]:
        """Windows that are shown and whose title is `name`."""
        found = self.run("xdotool", "search", "--onlyvisible", "--name", f"^{name}$").split()
        return [int(number) for number in found]

    def all_windows(self) -> set[int]:
        """Every window that is shown."""
        return {
            int(number) for number in self.run("xdotool", "search", "--onlyvisible", "--name", ".*").split()
        }

    def place(self, window: int) -> Place:
        """Where it is."""
        said = self.run("xwininfo", "-id", str(window)).decode(errors="replace")
        found = (re.search(rf"{name}: +(-?\d+)", said) for name in _SIDES)
        return Place(*(int(one[1]) if one else 0 for one in found))

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.run("xdotool", "key", "--clearmodifiers", key)

    def write(self, text: str) -> None:
        """Type a text."""
        self.run("xdotool", "type", "--delay", "20", text)

    def click(self, left: int, top: int, button: int = 1) -> None:
        """Go there and press a button of the mouse."""
        self.run("xdotool", "mousemove", str(left), str(top))
        self.run("xdotool", "click", str(button))

    def picture(self, path: Path, window: int = 0) -> Path:
        """Keep what is shown as soon as it stays the same; the whole screen where no window is named."""
        seen: list[bytes] = []

        def settled() -> bool:
            seen.append(self._pixels(window))
            return len(seen) >= _STILL and len(set(seen[-_STILL:])) == 1

        wait_until(settled, _SECONDS, f"{path.name} is still being drawn")
        what = str(window) if window else "root"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.run("import", "-silent", "-window", what, "png:-"))
        return path

    def colours(self, window: int) -> dict[str, float]:
        """The colours of a window, as #RRGGBB, and the share of its pixels that each has."""
        said = self._pixels(window)
        counts = Counter(said[start : start + 3] for start in range(0, len(said), 3))
        return {f"#{colour.hex().upper()}": count * 3 / len(said) for colour, count in counts.items()}

    def spot(self, colour: str, below: int, after: int = 0) -> tuple[int, int] | None:
        """The middle of what has that colour (#RRGGBB) below a line of the screen and after a column of it.

        None where nothing has.
        """
        width = int(self.run("xdotool", "getdisplaygeometry").split()[0])
        pixels, wanted = self._pixels(0), bytes.fromhex(colour[1:])
        lines = range(below * width * 3, len(pixels), 3)
        found = [divmod(start // 3, width) for start in lines if pixels[start : start + 3] == wanted]
        found = [(top, left) for top, left in found if left >= after]
        if not found:
            return None
        middle = len(found) // 2
        return sorted(left for _, left in found)[middle], sorted(top for top, _ in found)[middle]

    def _pixels(self, window: int) -> bytes:
        what = str(window) if window else "root"
        return self.run("import", "-silent", "-window", what, "-depth", "8", "rgb:-")

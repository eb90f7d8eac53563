# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Measuring on a plane, new in 10.2: two clicks give distance and bearing; the ends snap to points."""

import math
import tkinter as tk
from collections.abc import Callable

from examples.common import theme
from examples.common.plane import Plane

_SNAP = 12  # pixels


class Measure:
    """While it is on, clicks set the two ends; `snap_points` gives what they may snap to."""

    def __init__(self, plane: Plane, snap_points: Callable[[], list[tuple[float, float]]]) -> None:
        self._plane = plane
        self._snap_points = snap_points
        self._ends: list[tuple[float, float]] = []
        self.active = tk.BooleanVar(plane, value=False)
        plane.bind("<ButtonRelease-1>", self._on_click, add="+")
        plane.bind("<ButtonPress-1>", self._on_press, add="+")
        self._pressed = (0, 0)

    def clear(self) -> None:
        """Forget the ends."""
        self._ends.clear()
        self._plane.repaint()

    def paint(self) -> None:
        """Draw ends, line and figures; called by the owner of the plane with everything else."""
        at = [self._plane.to_screen(*end) for end in self._ends]
        for x, y in at:
            self._plane.create_oval(x - 5, y - 5, x + 5, y + 5, outline=theme.ACCENT, width=2)
        if len(at) < 2:  # noqa: PLR2004  # a line has two ends
            return
        self._plane.create_line(*at[0], *at[1], fill=theme.ACCENT, width=2, dash=(6, 3))
        x, y = (at[0][0] + at[1][0]) / 2, (at[0][1] + at[1][1]) / 2
        text = describe(self._ends[0], self._ends[1])
        item = self._plane.create_text(x, y - 16, text=text, fill="#FFFFFF", font=(theme.FAMILY, theme.SMALL))
        left, top, right, bottom = self._plane.bbox(item)
        box = (left - 6, top - 3, right + 6, bottom + 3)
        self._plane.tag_lower(self._plane.create_rectangle(*box, fill=theme.ACCENT, outline=""), item)

    def _on_press(self, event: "tk.Event[tk.Misc]") -> None:
        self._pressed = (event.x, event.y)

    def _on_click(self, event: "tk.Event[tk.Misc]") -> None:
        dragged = math.dist(self._pressed, (event.x, event.y)) > 4  # noqa: PLR2004  # pixels of a shaky hand
        if dragged or not self.active.get():
            return
        if len(self._ends) == 2:  # noqa: PLR2004  # a line has two ends
            self._ends.clear()
        self._ends.append(self._snapped(event.x, event.y))
        self._plane.repaint()

    def _snapped(self, x: int, y: int) -> tuple[float, float]:
        near = [(math.dist(self._plane.to_screen(*p), (x, y)), p) for p in self._snap_points()]
        distance, point = min(near, default=(math.inf, (0.0, 0.0)))
        return point if distance <= _SNAP else self._plane.to_world(x, y)


def describe(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Distance in metres and bearing from north, clockwise, in degrees."""
    bearing = math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360
    return f"{math.dist(start, end):.3f} m   {bearing:.1f}°"

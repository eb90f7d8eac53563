# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A drawing area in world coordinates: it fits, zooms at the pointer, is dragged, and has a scale bar."""

import math
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

from examples.common import theme

_MARGIN = 48
_ZOOM = 1.2
_LEAST, _MOST = 1e-6, 1e6  # pixels for one unit


@dataclass(frozen=True)
class Box:
    """A rectangle in world coordinates."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, points: list[tuple[float, float]]) -> "Box":
        """The smallest box that holds `points`."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return cls(min(xs), min(ys), max(xs), max(ys))


class Plane(tk.Canvas):
    """A canvas whose y axis points up; `paint` is called whenever everything has to be drawn anew."""

    def __init__(
        self, parent: tk.Misc, paint: Callable[[], None], tell_pointer: Callable[[str], None]
    ) -> None:
        super().__init__(parent, background=theme.SURFACE, highlightthickness=0, cursor="crosshair")
        self._paint = paint
        self._tell_pointer = tell_pointer
        self._box = Box(0, 0, 1, 1)
        self._scale = 1.0
        self._centre = (0.5, 0.5)
        self._held: tuple[int, int] | None = None
        self._fitted = True
        self.bind("<Configure>", self._on_resize)
        self.bind("<ButtonPress-1>", self._on_press)
        self.bind("<B1-Motion>", self._on_drag)
        self.bind("<Motion>", self._on_motion)
        self.bind("<MouseWheel>", lambda event: self._zoom(event.x, event.y, event.delta > 0))
        self.bind("<Button-4>", lambda event: self._zoom(event.x, event.y, closer=True))
        self.bind("<Button-5>", lambda event: self._zoom(event.x, event.y, closer=False))

    def show(self, box: Box) -> None:
        """Fit `box` into the area."""
        self._box = box
        self.fit()

    def fit(self) -> None:
        """See everything."""
        width, height = max(self.winfo_width(), 200), max(self.winfo_height(), 200)
        wide, tall = self._box.right - self._box.left, self._box.top - self._box.bottom
        self._scale = min((width - 2 * _MARGIN) / (wide or 1), (height - 2 * _MARGIN) / (tall or 1))
        self._centre = ((self._box.left + self._box.right) / 2, (self._box.bottom + self._box.top) / 2)
        self._fitted = True
        self.repaint()

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the world lies, in pixels."""
        return (
            self.winfo_width() / 2 + (x - self._centre[0]) * self._scale,
            self.winfo_height() / 2 - (y - self._centre[1]) * self._scale,
        )

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        """The point of the world under a pixel."""
        return (
            self._centre[0] + (x - self.winfo_width() / 2) / self._scale,
            self._centre[1] - (y - self.winfo_height() / 2) / self._scale,
        )

    @property
    def pixels_per_unit(self) -> float:
        """The scale."""
        return self._scale

    def repaint(self) -> None:
        """Draw everything anew."""
        self.delete("all")
        self._draw_grid()
        self._paint()
        self._draw_scale_bar()

    def _draw_grid(self) -> None:
        step = readable_step(80 / self._scale)
        width, height = self.winfo_width(), self.winfo_height()
        left, top = self.to_world(0, 0)
        right, bottom = self.to_world(width, height)
        for index in range(math.ceil(left / step), math.floor(right / step) + 1):
            x, _ = self.to_screen(index * step, 0)
            self.create_line(x, 0, x, height, fill=theme.GRID)
        for index in range(math.ceil(bottom / step), math.floor(top / step) + 1):
            _, y = self.to_screen(0, index * step)
            self.create_line(0, y, width, y, fill=theme.GRID)

    def _draw_scale_bar(self) -> None:
        length = readable_step(90 / self._scale)
        right, y = self.winfo_width() - 20, self.winfo_height() - 20
        left = right - length * self._scale
        self.create_rectangle(left - 10, y - 26, right + 10, y + 10, fill=theme.SURFACE, outline=theme.LINE)
        corners: list[tuple[float, float]] = [(left, y - 4), (left, y), (right, y), (right, y - 4)]
        self.create_line(corners, fill=theme.INK, width=1.5)
        text = f"{length:g} m"
        self.create_text(
            (left + right) / 2, y - 13, text=text, fill=theme.QUIET, font=(theme.FAMILY, theme.SMALL)
        )

    def _zoom(self, x: int, y: int, closer: bool) -> None:  # noqa: FBT001  # one direction of a wheel
        factor = _ZOOM if closer else 1 / _ZOOM
        if not _LEAST < self._scale * factor < _MOST:
            return
        under = self.to_world(x, y)
        self._scale *= factor
        moved = self.to_world(x, y)
        self._centre = (self._centre[0] + under[0] - moved[0], self._centre[1] + under[1] - moved[1])
        self._fitted = False
        self.repaint()

    def _on_resize(self, _event: object) -> None:
        if self._fitted:
            self.fit()
        else:
            self.repaint()

    def _on_press(self, event: "tk.Event[tk.Misc]") -> None:
        self._held = (event.x, event.y)

    def _on_drag(self, event: "tk.Event[tk.Misc]") -> None:
        if self._held is None:
            return
        dx, dy = event.x - self._held[0], event.y - self._held[1]
        self._centre = (self._centre[0] - dx / self._scale, self._centre[1] + dy / self._scale)
        self._held = (event.x, event.y)
        self._fitted = False
        self.repaint()

    def _on_motion(self, event: "tk.Event[tk.Misc]") -> None:
        x, y = self.to_world(event.x, event.y)
        self._tell_pointer(f"E {x:.2f}   N {y:.2f}")


def readable_step(about: float) -> float:
    """The smallest of 1, 2, 5, 10, 20 … (or 0.1, 0.2 …) that is at least `about`."""
    power = 10.0 ** math.floor(math.log10(about))
    return float(next(power * factor for factor in (1, 2, 5, 10) if power * factor >= about * 0.999))

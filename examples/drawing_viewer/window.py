# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The view of Drawing Viewer: the drawing at the right, its layers with check boxes at the left."""

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from examples.common import theme
from examples.common.plane import Box, Plane
from examples.common.release import at_least
from examples.drawing_viewer.dxf import Drawing, Path2D, Text, read_drawing

_SMALLEST_TEXT = 4  # pixels; below that texts are not drawn


class DrawingView:
    """Every layer can be hidden."""

    def __init__(self, parent: ttk.Frame, tell_pointer: Callable[[str], None]) -> None:
        self._drawing = Drawing((), (), ())
        self._shown: dict[str, tk.BooleanVar] = {}
        self._side = ttk.Frame(parent, width=200, padding=(16, 12))
        self._side.pack(side="left", fill="y")
        self._side.pack_propagate(flag=False)
        tk.Frame(parent, width=1, background=theme.LINE).pack(side="left", fill="y")
        self._plane = Plane(parent, self._paint, tell_pointer)
        self._plane.pack(side="left", fill="both", expand=True)
        self._measure = None
        if at_least(10, 2):
            from examples.common.measure import Measure  # new in 10.2, not part of earlier packages

            self._measure = Measure(self._plane, self._points)

    def add_tools(self, bar: ttk.Frame) -> None:
        """Whole drawing, and from 10.2 on measuring."""
        ttk.Button(bar, text="Show all", command=self._plane.fit).pack(side="right", padx=8)
        if self._measure is not None:
            ttk.Checkbutton(
                bar,
                text="Measure distance",
                variable=self._measure.active,
                command=self._measure.clear,
                style="Tool.TCheckbutton",
            ).pack(side="right")

    def load(self, path: Path) -> str:
        """Show a drawing."""
        self._drawing = read_drawing(path)
        self._fill_layers()
        self._plane.show(Box.around(self._drawing.points()))
        count = len(self._drawing.paths) + len(self._drawing.texts)
        facts = f"{path.name}: {count} entities on {len(self._drawing.layers)} layers"
        return f"{facts}, {self._drawing.left_out} not shown" if self._drawing.left_out else facts

    def _points(self) -> list[tuple[float, float]]:
        return self._drawing.points()

    def _fill_layers(self) -> None:
        for child in self._side.winfo_children():
            child.destroy()
        ttk.Label(self._side, text="Layers", style="Quiet.TLabel").pack(anchor="w", pady=(0, 6))
        shapes: list[Path2D | Text] = [*self._drawing.texts, *self._drawing.paths]
        colours = {shape.layer: shape.colour for shape in shapes}
        self._shown = {}
        for layer in self._drawing.layers:
            row = ttk.Frame(self._side)
            row.pack(fill="x")
            mark = tk.Frame(row, width=12, height=12, background=colours[layer])
            mark.pack(side="right", padx=(6, 0))
            self._shown[layer] = tk.BooleanVar(row, value=True)
            box = ttk.Checkbutton(row, text=layer, variable=self._shown[layer], command=self._plane.repaint)
            box.pack(side="left", pady=3)

    def _paint(self) -> None:
        for path in self._drawing.paths:
            if self._shown[path.layer].get():
                points = [part for point in path.points for part in self._plane.to_screen(*point)]
                self._plane.create_line(*points, fill=path.colour, width=1.4)
        for text in self._drawing.texts:
            if self._shown[text.layer].get():
                self._paint_text(text)
        if self._measure is not None:
            self._measure.paint()

    def _paint_text(self, text: Text) -> None:
        size = round(text.height * self._plane.pixels_per_unit)
        if size < _SMALLEST_TEXT:
            return
        x, y = self._plane.to_screen(*text.at)
        font = (theme.FAMILY, -size)
        self._plane.create_text(
            x, y, text=text.content, anchor="sw", angle=text.angle, fill=text.colour, font=font
        )

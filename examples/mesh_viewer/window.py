# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The view of Mesh Viewer: a solid that turns by itself until the person takes hold of it."""

import time
import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tkinter import ttk

from examples.common import theme
from examples.common.release import at_least
from examples.mesh_viewer.shading import Pose, Scene
from examples.mesh_viewer.stl import Mesh, read_mesh

_FRAME = 50  # milliseconds between two pictures
_SPEED = 0.45  # radians a second
_PER_PIXEL = 0.01
_TURNS_BY_ITSELF = 6_000  # triangles; larger solids turn only by hand


class MeshView:
    """Drag to turn, wheel to zoom."""

    def __init__(self, parent: ttk.Frame, tell_pointer: Callable[[str], None]) -> None:
        self._tell_pointer = tell_pointer
        self._mesh: Mesh | None = None
        self._scene: Scene | None = None
        self._pose = Pose()
        self._held: tuple[int, int] | None = None
        self._last = time.monotonic()
        self._canvas = tk.Canvas(parent, background="#EEF1F1", highlightthickness=0, cursor="fleur")
        self._canvas.pack(fill="both", expand=True)
        self._turning = tk.BooleanVar(parent, value=True)
        self._measuring = tk.BooleanVar(parent, value=False)
        self._bind()

    def add_tools(self, bar: ttk.Frame) -> None:
        """Turning on and off, and from 10.2 on measuring."""
        ttk.Button(bar, text="Show all", command=self._reset).pack(side="right", padx=8)
        ttk.Checkbutton(
            bar, text="Turn", variable=self._turning, command=self._resume, style="Tool.TCheckbutton"
        ).pack(side="right")
        if at_least(10, 2):
            ttk.Checkbutton(
                bar,
                text="Measure solid",
                variable=self._measuring,
                command=self._draw,
                style="Tool.TCheckbutton",
            ).pack(side="right")

    def load(self, path: Path) -> str:
        """Show a solid."""
        mesh = read_mesh(path)
        self._mesh, self._scene = mesh, Scene(mesh)
        self._turning.set(len(mesh.triangles) <= _TURNS_BY_ITSELF)
        self._reset()
        self._resume()
        self._tell_pointer("Drag to turn, wheel to zoom")
        return f"{path.name}: {len(mesh.triangles):,} triangles"

    def _bind(self) -> None:
        self._canvas.bind("<Configure>", lambda _event: self._draw())
        self._canvas.bind("<ButtonPress-1>", self._on_press)
        self._canvas.bind("<B1-Motion>", self._on_drag)
        self._canvas.bind("<MouseWheel>", lambda event: self._zoom(1.1 if event.delta > 0 else 1 / 1.1))
        self._canvas.bind("<Button-4>", lambda _event: self._zoom(1.1))
        self._canvas.bind("<Button-5>", lambda _event: self._zoom(1 / 1.1))

    def _reset(self) -> None:
        self._pose = Pose()
        self._draw()

    def _resume(self) -> None:
        self._last = time.monotonic()
        if self._turning.get():
            self._canvas.after(_FRAME, self._turn)

    def _turn(self) -> None:
        if not self._turning.get():
            return
        now = time.monotonic()
        self._pose = replace(self._pose, turn=self._pose.turn + _SPEED * (now - self._last))
        self._last = now
        self._draw()
        self._canvas.after(_FRAME, self._turn)

    def _zoom(self, factor: float) -> None:
        self._pose = replace(self._pose, zoom=min(max(self._pose.zoom * factor, 0.2), 12.0))
        self._draw()

    def _on_press(self, event: "tk.Event[tk.Misc]") -> None:
        self._held = (event.x, event.y)
        self._turning.set(value=False)

    def _on_drag(self, event: "tk.Event[tk.Misc]") -> None:
        if self._held is None:
            return
        dx, dy = event.x - self._held[0], event.y - self._held[1]
        self._held = (event.x, event.y)
        self._pose = replace(
            self._pose, turn=self._pose.turn + dx * _PER_PIXEL, tilt=self._pose.tilt + dy * _PER_PIXEL
        )
        self._draw()

    def _draw(self) -> None:
        self._canvas.delete("all")
        if self._scene is None:
            return
        width, height = self._canvas.winfo_width(), self._canvas.winfo_height()
        for polygon in self._scene.draw(self._pose, width, height):
            self._canvas.create_polygon(*polygon.points, fill=polygon.colour, outline=polygon.colour)
        if self._measuring.get():
            self._draw_measures()

    def _draw_measures(self) -> None:
        if self._mesh is None:
            return
        from examples.mesh_viewer.measure import measure  # new in 10.2, not part of earlier packages

        lines = measure(self._mesh).lines()
        box = (16, 16, 262, 36 + 22 * len(lines))
        self._canvas.create_rectangle(*box, fill=theme.SURFACE, outline=theme.LINE)
        for place, line in enumerate(lines):
            font = (theme.FAMILY, theme.NORMAL)
            self._canvas.create_text(30, 37 + 22 * place, text=line, anchor="w", fill=theme.INK, font=font)

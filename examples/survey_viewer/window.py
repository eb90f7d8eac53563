# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The view of Survey Viewer: plan with labelled points at the left, their table at the right."""

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk
from typing import Literal

from examples.common import theme
from examples.common.plane import Box, Plane
from examples.common.release import at_least
from examples.survey_viewer.points import Point, Survey, read_survey

_COLOURS = ("#0B6E6E", "#B4540A", "#3A5BA0", "#5B7F1F", "#8A3B7C", "#7A6A3A", "#A8324A", "#4A4F55")
_LEGEND_COLUMNS = 3
_CELL = (24, 10)  # pixels that a label takes, at least
_COLUMNS = (
    ("name", "Point", 70),
    ("east", "Easting", 96),
    ("north", "Northing", 96),
    ("height", "Height", 70),
)


class SurveyView:
    """Points coloured by code; a click on a line of the table marks its point."""

    def __init__(self, parent: ttk.Frame, tell_pointer: Callable[[str], None]) -> None:
        self._survey = Survey(())
        self._colours: dict[str, str] = {}
        side = ttk.Frame(parent, width=356)
        side.pack(side="right", fill="y")
        side.pack_propagate(flag=False)
        tk.Frame(parent, width=1, background=theme.LINE).pack(side="right", fill="y")
        self._legend = ttk.Frame(side, padding=(12, 10))
        self._legend.pack(fill="x")
        self._table = self._build_table(side)
        self._plane = Plane(parent, self._paint, tell_pointer)
        self._plane.pack(side="left", fill="both", expand=True)
        self._measure = None
        if at_least(10, 2):
            from examples.common.measure import Measure  # new in 10.2, not part of earlier packages

            self._measure = Measure(self._plane, lambda: [(p.east, p.north) for p in self._survey.points])

    def add_tools(self, bar: ttk.Frame) -> None:
        """Whole survey, and from 10.2 on measuring."""
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
        """Show a file of survey points."""
        self._survey = read_survey(path)
        codes = sorted({point.code for point in self._survey.points})
        self._colours = {code: _COLOURS[place % len(_COLOURS)] for place, code in enumerate(codes)}
        self._fill_legend()
        self._fill_table()
        self._plane.show(Box.around([(point.east, point.north) for point in self._survey.points]))
        facts = f"{path.name}: {len(self._survey.points)} points, {len(codes)} codes"
        problems = self._survey.problems
        return f"{facts}. Left out: {len(problems)} ({problems[0]})" if problems else facts

    def _build_table(self, side: ttk.Frame) -> ttk.Treeview:
        columns = [key for key, _, _ in _COLUMNS]
        table = ttk.Treeview(side, columns=columns, show="headings", selectmode="browse")
        for key, heading, width in _COLUMNS:
            anchor: Literal["w", "e"] = "w" if key == "name" else "e"
            table.heading(key, text=heading, anchor=anchor)
            table.column(key, width=width, anchor=anchor)
        scroll = ttk.Scrollbar(side, command=table.yview)
        table.configure(yscrollcommand=scroll.set)
        scroll.pack(side="right", fill="y")
        table.pack(side="left", fill="both", expand=True)
        table.bind("<<TreeviewSelect>>", lambda _event: self._plane.repaint())
        return table

    def _fill_legend(self) -> None:
        for child in self._legend.winfo_children():
            child.destroy()
        for place, (code, colour) in enumerate(self._colours.items()):
            entry = ttk.Frame(self._legend)
            entry.grid(row=place // _LEGEND_COLUMNS, column=place % _LEGEND_COLUMNS, sticky="w", padx=(0, 16))
            tk.Frame(entry, width=10, height=10, background=colour).pack(side="left", padx=(0, 6))
            ttk.Label(entry, text=code or "no code", style="Quiet.TLabel").pack(side="left", pady=2)

    def _fill_table(self) -> None:
        self._table.delete(*self._table.get_children())
        for place, point in enumerate(self._survey.points):
            height = "" if point.height is None else f"{point.height:.2f}"
            values = (point.name, f"{point.east:.2f}", f"{point.north:.2f}", height)
            self._table.insert("", "end", iid=str(place), values=values)

    def _paint(self) -> None:
        marked = {int(item) for item in self._table.selection()}
        for place, point in enumerate(self._survey.points):
            self._paint_point(point, marked=place in marked)
        self._paint_labels(marked)
        if self._measure is not None:
            self._measure.paint()

    def _paint_point(self, point: Point, *, marked: bool) -> None:
        x, y = self._plane.to_screen(point.east, point.north)
        if marked:
            self._plane.create_oval(x - 9, y - 9, x + 9, y + 9, outline=theme.INK, width=2)
        self._plane.create_oval(
            x - 4, y - 4, x + 4, y + 4, fill=self._colours[point.code], outline=theme.SURFACE
        )

    def _paint_labels(self, marked: set[int]) -> None:
        """The marked points first; a label that would cover another one is left out until one zooms in."""
        taken: set[tuple[int, int]] = set()
        for place in sorted(range(len(self._survey.points)), key=lambda place: place not in marked):
            point = self._survey.points[place]
            x, y = self._plane.to_screen(point.east, point.north)
            left, row = round((x + 6) / _CELL[0]), round((y - 8) / _CELL[1])
            cells = {(left + across, row + down) for across in (-1, 0, 1) for down in (-1, 0, 1)}
            if taken & cells:
                continue
            taken.add((left, row))
            font = (theme.FAMILY, theme.SMALL - 1, "bold" if place in marked else "normal")
            self._plane.create_text(x + 6, y - 8, text=point.name, fill=theme.QUIET, anchor="w", font=font)

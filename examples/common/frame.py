# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The window around every viewer: title bar with version, tools, the view, one line of facts."""

import queue
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tkinter import filedialog, ttk
from typing import Protocol

from examples.common import licence, theme
from examples.common.files import FileNotReadable
from examples.common.refusal import Refusal
from examples.common.release import VERSION

_POLL = 40  # milliseconds between two looks at the answer of the client


@dataclass(frozen=True)
class About:
    """What an application is."""

    product: str
    name: str
    file_kind: str
    pattern: str
    sample: Path


class View(Protocol):
    """The middle of the window."""

    def load(self, path: Path) -> str:
        """Show the file and return one line of facts about it; raises FileNotReadable."""
        ...

    def add_tools(self, bar: ttk.Frame) -> None:
        """Put the view's own buttons on the bar."""
        ...


class Frame(tk.Tk):
    """The main window; the view is made only after the client has allowed the application."""

    def __init__(self, about: About, make_view: Callable[[ttk.Frame, Callable[[str], None]], View]) -> None:
        super().__init__(className=f"{about.product}-ses")
        self._about = about
        self._make_view = make_view
        self._view: View | None = None
        self._path = about.sample
        self._pointer = tk.StringVar(self)
        self._facts = tk.StringVar(self)
        self._answers: queue.SimpleQueue[licence.Answer] | None = None
        theme.apply(self)
        self.geometry("1000x680")
        self.minsize(640, 420)
        self.title(f"{about.name} {VERSION}")
        self._bar = self._build_bar()
        self._body = ttk.Frame(self)
        self._body.pack(fill="both", expand=True)
        self._build_foot()

    def open(self, path: Path | None) -> None:
        """Ask the client and then show `path`, or the sample."""
        self._path = path or self._about.sample
        self._ask()

    def _build_bar(self) -> ttk.Frame:
        bar = ttk.Frame(self, style="Bar.TFrame", padding=(16, 10))
        bar.pack(fill="x")
        ttk.Label(bar, text=self._about.name, style="Title.TLabel").pack(side="left")
        version = ttk.Label(bar, text=f"Version {VERSION}", style="BarQuiet.TLabel")
        version.pack(side="left", padx=(10, 0), pady=(4, 0))
        tk.Frame(self, height=1, background=theme.LINE).pack(fill="x")
        return bar

    def _build_foot(self) -> None:
        tk.Frame(self, height=1, background=theme.LINE).pack(fill="x")
        foot = ttk.Frame(self, padding=(16, 6))
        foot.pack(fill="x")
        ttk.Label(foot, textvariable=self._facts, style="Quiet.TLabel").pack(side="left")
        ttk.Label(foot, textvariable=self._pointer, style="Quiet.TLabel").pack(side="right")

    def _ask(self) -> None:
        self._clear()
        ttk.Label(self._body, text="Asking CONNECTION Client …", style="Quiet.TLabel").pack(expand=True)
        self._answers = licence.ask_in_background(self._about.product)
        self.after(_POLL, self._look)

    def _look(self) -> None:
        if self._answers is None:
            return
        try:
            answer = self._answers.get_nowait()
        except queue.Empty:
            self.after(_POLL, self._look)
            return
        self._answers = None
        self._clear()
        if answer.allowed:
            self._start()
        else:
            self._facts.set("Your documents are untouched.")
            Refusal(self._body, self._about.name, answer, self._ask).pack(expand=True)

    def _start(self) -> None:
        if self._view is None:
            ttk.Button(self._bar, text="Open file", style="Main.TButton", command=self._choose).pack(
                side="right"
            )
        self._view = self._make_view(self._body, self._pointer.set)
        self._view.add_tools(self._bar)
        self._show(self._path)

    def _show(self, path: Path) -> None:
        if self._view is None:
            return
        try:
            self._facts.set(self._view.load(path))
        except FileNotReadable as problem:
            self._facts.set(f"{problem} What was shown is kept.")
        else:
            self._path = path
            self.title(f"{path.name} - {self._about.name} {VERSION}")

    def _choose(self) -> None:
        kinds = [(self._about.file_kind, self._about.pattern), ("All files", "*")]
        if chosen := filedialog.askopenfilename(parent=self, filetypes=kinds):
            self._show(Path(chosen))

    def _clear(self) -> None:
        for child in self._body.winfo_children():
            child.destroy()

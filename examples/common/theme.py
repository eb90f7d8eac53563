# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Colours, type and widget styles, the same in every example application."""

import tkinter as tk
from tkinter import font as tk_font
from tkinter import ttk
from typing import Any

GROUND = "#FAFAF9"
SURFACE = "#FFFFFF"
LINE = "#DEDCD7"
GRID = "#EFEEEB"
INK = "#1B1D1F"
QUIET = "#5C6166"
ACCENT = "#0B6E6E"
ACCENT_DEEP = "#095858"
WARNING = "#9A4B00"

FAMILY = "DejaVu Sans"
SMALL, NORMAL, TITLE = 9, 10, 14


def apply(root: tk.Tk) -> None:
    """Dress all ttk widgets below `root`."""
    root.configure(background=GROUND)
    for name in ("TkDefaultFont", "TkTextFont", "TkHeadingFont", "TkMenuFont"):
        tk_font.nametofont(name, root).configure(family=FAMILY, size=NORMAL)
    style = ttk.Style(root)
    style.theme_use("clam")
    style.configure(".", background=GROUND, foreground=INK, bordercolor=LINE, troughcolor=GRID)
    style.configure("TLabel", background=GROUND, foreground=INK)
    style.configure("Title.TLabel", font=(FAMILY, TITLE, "bold"), background=SURFACE)
    style.configure("Bar.TFrame", background=SURFACE)
    style.configure("Quiet.TLabel", foreground=QUIET, font=(FAMILY, SMALL))
    style.configure("BarQuiet.TLabel", foreground=QUIET, background=SURFACE, font=(FAMILY, SMALL))
    style.configure("Reason.TLabel", font=(FAMILY, TITLE - 1, "bold"))
    _style_buttons(style)
    _style_table(style)


def _style_buttons(style: ttk.Style) -> None:
    flat: dict[str, Any] = {"borderwidth": 1, "focusthickness": 1, "relief": "flat", "padding": (12, 6)}
    style.configure(
        "TButton", background=SURFACE, bordercolor=LINE, lightcolor=SURFACE, darkcolor=SURFACE, **flat
    )
    style.map("TButton", background=[("active", GRID), ("pressed", LINE)])
    style.configure("Main.TButton", background=ACCENT, foreground="#FFFFFF", bordercolor=ACCENT, **flat)
    style.configure("Main.TButton", lightcolor=ACCENT, darkcolor=ACCENT)
    style.map("Main.TButton", background=[("active", ACCENT_DEEP), ("pressed", ACCENT_DEEP)])
    style.configure("Tool.TCheckbutton", background=SURFACE, padding=(8, 6))
    style.map("Tool.TCheckbutton", background=[("active", GRID)])


def _style_table(style: ttk.Style) -> None:
    style.configure(
        "Treeview", background=SURFACE, fieldbackground=SURFACE, rowheight=24, borderwidth=0, relief="flat"
    )
    style.configure("Treeview.Heading", background=GROUND, foreground=QUIET, relief="flat", padding=(6, 5))
    style.map("Treeview", background=[("selected", "#D7EBEA")], foreground=[("selected", INK)])

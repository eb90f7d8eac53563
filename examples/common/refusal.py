# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What stands in the window when the application may not be used: why, who helps, and a way on."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from examples.common import theme
from examples.common.licence import Answer, open_sign_in


class Refusal(ttk.Frame):
    """The reason, the person to ask, and "Try again"."""

    def __init__(self, parent: tk.Misc, name: str, answer: Answer, try_again: Callable[[], None]) -> None:
        super().__init__(parent, padding=24)
        mark = tk.Canvas(self, width=48, height=48, background=theme.GROUND, highlightthickness=0)
        mark.create_arc(15, 6, 33, 34, start=0, extent=180, style="arc", outline=theme.WARNING, width=3)
        mark.create_rectangle(10, 21, 38, 43, fill=theme.WARNING, outline="")
        mark.create_oval(21, 28, 27, 34, fill=theme.GROUND, outline="")
        mark.pack(pady=(0, 12))
        ttk.Label(self, text=f"{name} may not be used now", style="Reason.TLabel").pack()
        for text in (answer.reason, answer.help_text):
            ttk.Label(self, text=text, wraplength=480, justify="center").pack(pady=(10, 0))
        buttons = ttk.Frame(self)
        buttons.pack(pady=(20, 0))
        again = ttk.Button(buttons, text="Try again", style="Main.TButton", command=try_again)
        again.pack(side="left")
        again.focus_set()
        if answer.can_sign_in:
            ttk.Button(buttons, text="Sign in", command=open_sign_in).pack(side="left", padx=(8, 0))

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The command line of every example application: `NAME [FILE]`, `NAME --version`."""

import argparse
import sys
import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from examples.common.frame import About, Frame, View
from examples.common.release import VERSION


def run(about: About, make_view: Callable[[ttk.Frame, Callable[[str], None]], View]) -> int:
    """Show the window until it is closed."""
    parser = argparse.ArgumentParser(prog=f"{about.product}-ses", description=about.name)
    parser.add_argument("file", nargs="?", type=Path, help=f"{about.file_kind} ({about.pattern})")
    parser.add_argument("--version", action="version", version=f"{about.name} {VERSION}")
    options = parser.parse_args()
    try:
        window = Frame(about, make_view)
    except tk.TclError as error:
        print(f"{about.name} cannot show its window: {error}.", file=sys.stderr)
        return 1
    window.open(options.file)
    window.mainloop()
    return 0

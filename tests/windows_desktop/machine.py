# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A screen and a Windows with its desktop on it, by the programs of the Debian of `root`."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from installers import windows_python, wine
from installers.build import ROOT
from tests.installers.windows_computer import Computer
from tests.windows_desktop.screen import Screen
from tests.world.processes import announcing

SIZE = "1440x1000x24"
TASK_BAR = 960  # the line of the screen below which it is, at 100 and at 150 %
_TASKS = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
SETUPS = ROOT / "build" / "windows" / "setups"
ASKED_FOR = "asked-for"  # where the address lies that a browser was asked for
# LOGFONTW: 12 pixels high, of ordinary weight.
_SEGOE = "f4ffffff" + "00" * 12 + "90010000" + "00" * 8 + "Segoe UI".encode("utf-16-le").hex().ljust(128, "0")


@dataclass(frozen=True)
class Machine:
    """One Windows at one screen."""

    computer: Computer
    screen: Screen
    folder: Path

    @property
    def person(self) -> Path:
        """The folder of the person who works here, on drive C:."""
        (home,) = (path for path in self.computer.wine.drive_c.glob("users/*") if path.name != "Public")
        return home

    def in_front(self) -> str:
        """What stands above the window that has the keyboard, as Windows says."""
        asking = (
            "import ctypes; user = ctypes.WinDLL('user32'); title = ctypes.create_unicode_buffer(200);"
            " user.GetWindowTextW(user.GetForegroundWindow(), title, 200); print('FRONT', title.value)"
        )
        said = self.computer.run(self.computer.python / "python.exe", "-X", "utf8", "-c", asking)
        lines = (line for line in said.splitlines() if line.startswith("FRONT "))
        return next(lines, "").removeprefix("FRONT ")

    def write(self, key: str, name: str, kind: str, value: str) -> None:
        """A value of the registry, as reg.exe takes it."""
        self.computer.run("reg", "add", key, "/v", name, "/t", kind, "/d", value, "/f")

    def dress(self, *, dark: bool = False, scale: int = 100) -> None:
        """What a person chooses in Windows' settings: the mode for applications, and the scale."""
        self.write(rf"HKCU\{_TASKS}", "AppsUseLightTheme", "REG_DWORD", "0" if dark else "1")
        self.write(r"HKCU\Control Panel\Desktop", "LogPixels", "REG_DWORD", str(96 * scale // 100))
        self.computer.wine.end()  # Windows, too, asks to sign out and in again


def enter(debian: Path) -> None:
    """Give the root what programs need; in a mount namespace of its own, with which it goes."""
    project = debian / str(ROOT).lstrip("/")
    project.mkdir(parents=True, exist_ok=True)
    for command in (
        ["mount", "-t", "proc", "proc", str(debian / "proc")],
        ["mount", "--bind", "/dev", str(debian / "dev")],
        ["mount", "-t", "tmpfs", "tmpfs", str(debian / "tmp")],
        ["mount", "--bind", str(ROOT), str(project)],
    ):
        subprocess.run(command, check=True)


@contextmanager
def machine(debian: Path, folder: Path) -> Iterator[Machine]:
    """A fresh Windows; everything that ran on it has ended afterwards."""
    entrance = ("chroot", str(debian))
    environment = {"PATH": "/usr/bin:/bin:/usr/sbin", "HOME": "/root", "LANG": "C.UTF-8"}
    xvfb = [*entrance, "Xvfb", "-displayfd", "{fd}", "-screen", "0", SIZE, "-nolisten", "tcp"]
    xvfb += ["-ardelay", "60000"]  # on a busy computer a key would be held for so long that it repeats
    _put_browser(folder)
    with announcing(xvfb, environment, folder / "xvfb.log") as (_, number):
        windows = wine.Wine(folder / "windows", f":{number}", entrance)
        windows.prepare()
        screen = Screen(entrance, environment | {"DISPLAY": f":{number}"})
        made = Machine(Computer(windows, windows_python.prepare(ROOT)), screen, folder)
        _furnish(made)
        try:
            yield made
        finally:
            windows.end()


def _put_browser(folder: Path) -> None:
    """Wine hands web addresses to what Linux opens them with: this one keeps them."""
    browser = folder / "bin" / "xdg-open"
    browser.parent.mkdir()
    browser.write_text(f"#!/bin/sh\nprintf %s \"$1\" >'{folder}/{ASKED_FOR}'\n")
    browser.chmod(0o755)
    os.environ["PATH"] = f"{browser.parent}:/usr/bin:/bin:/usr/sbin"


def _furnish(made: Machine) -> None:
    """Wine's own desktop with its task bar; and a font as wide as Windows' own, which is not free."""
    made.write(r"HKCU\Software\Wine\Explorer", "Desktop", "REG_SZ", "shell")
    made.write(r"HKCU\Software\Wine\Explorer\Desktops", "shell", "REG_SZ", "x".join(SIZE.split("x")[:2]))
    for name in ("Segoe UI", "Segoe UI Semibold", "Segoe UI Variable"):
        made.write(r"HKCU\Software\Wine\Fonts\Replacements", name, "REG_SZ", "Open Sans")
    for name in ("MessageFont", "MenuFont", "CaptionFont", "SmCaptionFont", "StatusFont", "IconFont"):
        made.write(r"HKCU\Control Panel\Desktop\WindowMetrics", name, "REG_BINARY", _SEGOE)
    made.computer.wine.end()  # what is running has read the registry already


def settings(made: Machine, values: Mapping[str, object]) -> None:
    """What the person has set, before the client starts."""
    folder = made.person / "AppData" / "Local" / "connection-client"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "settings.json"
    known = json.loads(file.read_text("utf-8")) if file.exists() else {}
    file.write_text(json.dumps(known | dict(values)), "utf-8")

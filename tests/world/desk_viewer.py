# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A small application with a window, published by a real Center and installed on this very machine."""

import contextlib
import json
import os
import random
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from demonstration.machine import as_root, installed_version
from tests.world.center import Center
from tests.world.packages import make_deb

PACKAGE, ID, NAME = "desk-viewer-ses", "desk-viewer", "Desk Viewer SES"
TITLE = "plan.dxf - Desk Viewer SES"
_LEFT, _TOP = "Absolute upper-left X", "Absolute upper-left Y"
# While the file named by UNSAVED is there, the first wish to close it is answered by staying open.
_PROGRAM = """#!/usr/bin/python3
import os, tkinter
window = tkinter.Tk(className="desk-viewer-ses")
window.title({title!r})
window.geometry("320x200+20+20")
def close():
    unsaved = os.environ.get("UNSAVED", "")
    if os.path.exists(unsaved):
        os.unlink(unsaved)
    else:
        window.destroy()
window.protocol("WM_DELETE_WINDOW", close)
window.mainloop()
"""


@dataclass(frozen=True)
class DeskViewer:
    """The application at its publisher's; `publish` makes a version of it known."""

    center: Center
    folder: Path

    def publish(self, version: str, *, megabytes: int = 0, seconds: int = 0) -> Path:
        """Sign a version that anybody may download; of many megabytes or seconds, it takes its time."""
        files = {f"/usr/bin/{PACKAGE}": _PROGRAM.format(title=TITLE)}
        if megabytes:
            digits = random.Random(megabytes)  # noqa: S311  # no secret
            block = "".join(digits.choices("0123456789abcdef", k=1 << 20))
            files[f"/usr/share/{PACKAGE}/points.txt"] = block * megabytes
        deb = make_deb(
            self.folder,
            PACKAGE,
            version,
            files=files,
            title=NAME,
            compression="none",
            after_unpacking=f"sleep {seconds}" if seconds else "",
        )
        self.center.manage("publish", "add", str(deb), "--public")
        return deb

    @property
    def installed(self) -> str:
        """The version that dpkg states on this machine."""
        return installed_version(PACKAGE)

    def preset(self, config: Path, **more: object) -> None:
        """What IT sets before the first start: the Center, its first trusted keys, and `more`."""
        config.mkdir(parents=True, exist_ok=True)
        root = self.center.state / "tuf" / "metadata" / "1.root.json"
        known = {"center_url": self.center.address.rstrip("/"), "trusted_root": str(root), **more}
        (config / "settings.json").write_text(json.dumps(known))


@contextlib.contextmanager
def desk_viewer(center: Center, folder: Path) -> Iterator[DeskViewer]:
    """The application, and a machine without it before and after."""
    _purge()
    try:
        yield DeskViewer(center, folder)
    finally:
        _purge()


def may_install() -> bool:
    """Whether this machine is one that tests may install on: root's, and Debian's."""
    return os.geteuid() == 0 and Path("/var/lib/dpkg/status").exists()


def close_window(environment: Mapping[str, str]) -> None:
    """What a person does who has saved: the cross of the window, which nothing covers."""
    told = _said(environment, "xwininfo", "-name", TITLE)
    place = {name: int(told.split(f"{name}:")[1].split()[0]) for name in (_LEFT, _TOP, "Width")}
    across, down = place[_LEFT] + place["Width"] - 10, place[_TOP] - 9
    _said(environment, "xdotool", "mousemove", str(across), str(down), "click", "1")


def _said(environment: Mapping[str, str], *command: str) -> str:
    return subprocess.run(command, env=dict(environment), check=True, capture_output=True, text=True).stdout


def _purge() -> None:
    as_root(["dpkg", "--configure", "-a"])  # what a test killed in the middle of its work
    if installed_version(PACKAGE):
        done = as_root(["apt-get", "purge", "-y", "-o", "DPkg::Lock::Timeout=120", PACKAGE])
        assert done.returncode == 0, done.stderr

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Wayland desktop of its own without a screen: sway, a message bus, and no X server to fall back to.

New windows of the client do not get the keyboard by themselves, as on desktops that keep windows from
stealing it: only a token of xdg-activation-v1 brings them to the front. sway refuses to be root; where the
tests are, it runs as nobody in a folder that is nobody's.
"""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.world.desktop import BACKGROUND
from tests.world.processes import running
from tests.world.session import PrivateSession, private_session
from tests.world.waiting import wait_until

APP_ID = "connection-client"
PROGRAMS = ("sway", "swaymsg", "grim", "setpriv")
_NOBODY = 65534
_NEVER_ROOT = ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
_CONFIG = f"""
xwayland disable
output * resolution 1280x800 bg {BACKGROUND} solid_color
font DejaVu Sans 9
for_window [app_id=".*"] floating enable
no_focus [app_id="{APP_ID}"]
focus_on_window_activation focus
"""
_SECONDS = 20.0


@dataclass(frozen=True)
class Surface:
    """A window that the compositor shows."""

    app_id: str
    title: str
    process: int
    focused: bool
    place: tuple[int, int]
    size: tuple[int, int]


@dataclass(frozen=True)
class WaylandDesktop:
    """A running desktop; programs started with `environment` appear on it."""

    session: PrivateSession
    environment: Mapping[str, str]

    @property
    def folder(self) -> Path:
        """Where logs and home folders are."""
        return self.session.folder

    def surfaces(self) -> list[Surface]:
        """All windows that are mapped now."""
        return list(_surfaces(json.loads(self._ask("-r", "-t", "get_tree"))))

    def find(self, app_id: str = APP_ID) -> Surface | None:
        """The first window of that application."""
        return next((one for one in self.surfaces() if one.app_id == app_id), None)

    def wait_for(self, app_id: str = APP_ID, seconds: float = _SECONDS) -> Surface:
        """Wait until a window of that application is there."""
        return wait_until(lambda: self.find(app_id), seconds, f"no window of {app_id} in {self.surfaces()}")

    def wait_for_focus(self, app_id: str = APP_ID, seconds: float = _SECONDS) -> Surface:
        """Wait until a window of that application has the keyboard."""

        def focused() -> Surface | None:
            return next((one for one in self.surfaces() if one.app_id == app_id and one.focused), None)

        return wait_until(focused, seconds, f"{app_id} did not get the keyboard")

    def tell(self, command: str) -> None:
        """A command of sway(5), as a person would bind it to a key."""
        self._ask("--", command)

    def screenshot(self, file: Path) -> Path:
        """The whole screen as PNG."""
        subprocess.run(["grim", str(file)], env=dict(self.environment), check=True, timeout=_SECONDS)
        return file

    def _ask(self, *arguments: str) -> str:
        command = ["swaymsg", *arguments]
        told = subprocess.run(
            command, env=dict(self.environment), capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout


def lacking() -> str:
    """The programs that are missing for such a desktop; nothing where all are there."""
    return ", ".join(name for name in PROGRAMS if shutil.which(name) is None)


@contextlib.contextmanager
def wayland_desktop(folder: Path) -> Iterator[WaylandDesktop]:
    """A desktop without any tray, for as long as the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        private_session(folder, key_store=False) as session,
        tempfile.TemporaryDirectory(prefix="wl-", ignore_cleanup_errors=True) as place,
    ):
        names = {"WAYLAND_DISPLAY": f"{place}/wayland-1", "SWAYSOCK": f"{place}/sway.sock"}
        with running(_compositor(Path(place)), _surroundings(Path(place)), folder / "sway.log"):
            environment = dict(session.environment)
            environment.update(names, XDG_SESSION_TYPE="wayland", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
            made = WaylandDesktop(session, environment)
            wait_until(lambda: _answers(made), _SECONDS, f"no compositor; see {folder / 'sway.log'}")
            yield made


def _compositor(place: Path) -> list[str]:
    config = place / "sway.conf"
    config.write_text(_CONFIG)
    if os.geteuid() == 0:
        os.chown(place, _NOBODY, _NOBODY)
        os.chown(config, _NOBODY, _NOBODY)
        return [*_NEVER_ROOT, "sway", "--config", str(config)]
    return ["sway", "--config", str(config)]


def _surroundings(place: Path) -> dict[str, str]:
    """Of the compositor alone: no screen, no graphics card, no devices, and no bus of ours."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(place), "LANG": "C.UTF-8"}
    environment.update(
        XDG_RUNTIME_DIR=str(place),
        SWAYSOCK=f"{place}/sway.sock",
        WLR_BACKENDS="headless",
        WLR_RENDERER="pixman",
        WLR_LIBINPUT_NO_DEVICES="1",
    )
    return environment


def _answers(desktop: WaylandDesktop) -> bool:
    if not Path(desktop.environment["WAYLAND_DISPLAY"]).exists():
        return False
    with contextlib.suppress(AssertionError):
        return bool(json.loads(desktop._ask("-r", "-t", "get_outputs")))
    return False


def _surfaces(node: Mapping[str, Any]) -> Iterator[Surface]:
    if node.get("pid"):
        place = node["rect"]
        inner = node["window_rect"]
        yield Surface(
            node.get("app_id") or "",
            node["name"] or "",
            node["pid"],
            node["focused"],
            (place["x"], place["y"]),
            (inner["width"], inner["height"]),
        )
    for child in (*node["nodes"], *node["floating_nodes"]):
        yield from _surfaces(child)

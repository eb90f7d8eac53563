# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A desktop of its own on a virtual screen: window manager, tray host, message bus, key store."""

import contextlib
import fcntl
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tests.world.processes import announcing, running
from tests.world.session import PrivateSession, private_session
from tests.world.waiting import wait_until

SCREEN = "1280x800x24"
BACKGROUND = "#5b7083"
_OPENBOX = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><name>Clearlooks</name>
    <font place="ActiveWindow"><name>DejaVu Sans</name><size>9</size></font></theme>
  <placement><policy>Smart</policy><center>yes</center></placement>
  <margins><bottom>32</bottom></margins>
</openbox_config>
"""


@dataclass(frozen=True)
class Desktop:
    """A running desktop; programs started with `environment` appear on it."""

    session: PrivateSession
    environment: Mapping[str, str]

    @property
    def folder(self) -> Path:
        """Where logs and home folders are."""
        return self.session.folder

    def with_variables(self, **variables: str) -> "Desktop":
        """The same desktop, whose programs get these variables too."""
        return replace(self, environment={**self.environment, **variables})

    def screenshot(self, file: Path) -> Path:
        """The whole screen as PNG."""
        arguments = ["import", "-silent", "-window", "root", str(file)]
        subprocess.run(arguments, env=dict(self.environment), check=True)
        return file


@contextlib.contextmanager
def private_desktop(
    folder: Path, *, tray: bool = True, key_store: bool = True, screen: str = SCREEN
) -> Iterator[Desktop]:
    """Everything that a person's desktop has, for as long as the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        xvfb = ["Xvfb", "-displayfd", "{fd}", "-screen", "0", screen, "-dpi", "96", "-nolisten", "tcp"]
        with _one_at_a_time():
            _, number = stack.enter_context(announcing(xvfb, {"PATH": "/usr/bin:/bin"}, folder / "xvfb.log"))
        session = stack.enter_context(private_session(folder, key_store=key_store, display=f":{number}"))
        environment = dict(session.environment)
        environment.update(XDG_SESSION_TYPE="x11", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", NO_AT_BRIDGE="0")
        rc = folder / "openbox.xml"
        rc.write_text(_OPENBOX)
        stack.enter_context(running(["openbox", "--config-file", str(rc)], environment, folder / "wm.log"))
        wait_until(lambda: _managed(environment), 30, f"no window manager; see {folder / 'wm.log'}")
        subprocess.run(["xsetroot", "-solid", BACKGROUND], env=environment, check=True)
        if tray:
            stack.enter_context(tray_host(environment, folder / "tray.log"))
        yield Desktop(session, environment)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    # Two X servers that look for a free number at the same moment can take the same one.
    with (Path(tempfile.gettempdir()) / "connection-client-tests-xvfb.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def tray_host(environment: Mapping[str, str], log: Path) -> Iterator[None]:
    """A panel at the lower edge that shows tray icons (XEmbed)."""
    panel = [
        "trayer", "--edge", "bottom", "--align", "right", "--widthtype", "percent", "--width", "100",
        "--heighttype", "pixel", "--height", "32", "--transparent", "true", "--alpha", "0",
        "--tint", "0x22272b", "--expand", "true", "--SetDockType", "true", "--padding", "6",
    ]  # fmt: skip
    with running(panel, environment, log):
        wait_until(lambda: _tray_owned(environment), 10, f"no tray host; see {log}")
        yield


def _managed(environment: Mapping[str, str]) -> bool:
    question = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    answer = subprocess.run(question, env=dict(environment), capture_output=True, check=False)
    return b"window id" in answer.stdout


def _tray_owned(environment: Mapping[str, str]) -> bool:
    question = ["xdotool", "search", "--class", "trayer"]
    answer = subprocess.run(question, env=dict(environment), capture_output=True, check=False)
    return bool(answer.stdout.strip())

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A GNOME desktop's own proxy settings: the real portal, and the real service that reads PAC files."""

import contextlib
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.world.processes import running
from tests.world.session import PrivateSession
from tests.world.waiting import wait_until

PORTAL = "/usr/libexec/xdg-desktop-portal"
NAME = "org.freedesktop.portal.Desktop"


@contextlib.contextmanager
def desktop_with_proxies(session: PrivateSession, settings: Mapping[str, str]) -> Iterator[None]:
    """The portal on the session's bus; `settings` are keys of org.gnome.system.proxy, such as `mode`."""
    environment = {**session.environment, "XDG_CURRENT_DESKTOP": "GNOME", "GSETTINGS_BACKEND": "keyfile"}
    kept = Path(environment["XDG_CONFIG_HOME"]) / "glib-2.0" / "settings"
    kept.mkdir(parents=True)
    groups: dict[str, list[str]] = {}
    for path, value in settings.items():
        group, _, key = f"system/proxy/{path}".rpartition("/")
        groups.setdefault(group, []).append(f"{key}={value}")
    text = "".join(f"[{group}]\n" + "".join(f"{line}\n" for line in lines) for group, lines in groups.items())
    (kept / "keyfile").write_text(text, encoding="utf-8")
    with running([PORTAL], environment, session.folder / "portal.log"):
        wait_until(lambda: _is_there(environment), 15, f"no portal; see {session.folder / 'portal.log'}")
        yield


def _is_there(environment: Mapping[str, str]) -> bool:
    question = ["--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", f"string:{NAME}"]
    command = ["dbus-send", "--session", "--print-reply", *question]
    answer = subprocess.run(command, env=dict(environment), capture_output=True, check=False).stdout
    return b"boolean true" in answer

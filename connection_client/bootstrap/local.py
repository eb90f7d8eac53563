# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What this operating system offers, chosen once."""

import logging
import sys
from pathlib import Path

from connection_client.bootstrap.offers import Local
from connection_client.domain.proxies import ProxyLookup
from connection_client.domain.setting import Source
from connection_client.domain.settings import AUTOSTART
from connection_client.storage.folders import Folders
from connection_client.storage.settings import SettingsFile

__all__ = ["Local", "keep_autostart", "local_of", "system_proxies"]


def local_of(folders: Folders, *, in_the_tray: bool = True) -> Local:
    """Imports what this system has, and nothing of the others; whoever asks closes what is given.

    `in_the_tray`: a setup may ask this process to end, which it does not of a command line.
    """
    if sys.platform == "win32":
        from connection_client.bootstrap.local_windows import windows

        return windows(folders, in_the_tray=in_the_tray)
    if sys.platform == "darwin":
        from connection_client.bootstrap.local_macos import macos

        return macos(folders)
    from connection_client.bootstrap.local_linux import linux

    return linux(folders)


def system_proxies() -> ProxyLookup:
    from connection_client.backend.proxies import system_proxy

    if sys.platform == "win32":
        from connection_client.system.windows_proxies import WindowsProxies

        return WindowsProxies(system_proxy)
    if sys.platform != "linux":
        return system_proxy
    from connection_client.system.linux_proxies import DesktopProxies

    return DesktopProxies(system_proxy)


def keep_autostart(settings: SettingsFile) -> None:
    """What the person or the organisation chose counts, whatever the setup for Windows was told."""
    if sys.platform == "win32" and getattr(sys, "frozen", False):
        from connection_client.system.windows_autostart import WindowsAutostart

        entry = WindowsAutostart([str(Path(sys.executable).parent / "CONNECTION Client.exe"), "--hidden"])
        try:
            if settings.source(AUTOSTART) is not Source.DEFAULT:
                (entry.enable if settings.get(AUTOSTART) else entry.disable)()
        except OSError:
            logging.getLogger(__name__).warning("the start with the session stays as it is", exc_info=True)
    if sys.platform == "darwin" and getattr(sys, "frozen", False):
        from connection_client.storage.files import write_atomically
        from connection_client.system.macos_autostart import keep_agent

        keep_agent(write_atomically, wanted=settings.get(AUTOSTART))

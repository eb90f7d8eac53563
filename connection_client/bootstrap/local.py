# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What this operating system offers, chosen once."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from connection_client.backend.proxies import system_proxy
from connection_client.domain.notices import NoNotices, Notices
from connection_client.domain.proxies import ProxyLookup
from connection_client.domain.setting import Source
from connection_client.domain.settings import AUTOSTART
from connection_client.domain.wishes import NoWishes, WishesReader
from connection_client.launch.ports import Programs, Windows
from connection_client.products.detector import Detector
from connection_client.storage.folders import Folders
from connection_client.storage.settings import SettingsFile
from connection_client.updates.context import Computer, Surroundings
from connection_client.updates.install import Applications, Installer
from connection_client.workspace.rooms import never


def _nothing() -> None:
    """Nothing is open."""


@dataclass(frozen=True)
class Local:
    """What this operating system offers."""

    detectors: tuple[Detector, ...]
    installer: Installer
    applications: Applications
    programs: Programs
    computer: Callable[[], Computer]
    watched: tuple[Path, ...] = ()
    surroundings: Callable[[], Surroundings] = Surroundings
    windows: Windows | None = None
    wakeups: Callable[[Callable[[], None]], Callable[[], None]] = never
    notices: Notices = field(default_factory=NoNotices)
    wishes: WishesReader = field(default_factory=NoWishes)
    close: Callable[[], None] = _nothing


def local_of(folders: Folders) -> Local:
    return _windows(folders) if sys.platform == "win32" else _linux(folders)


def _windows(folders: Folders) -> Local:
    from connection_client.system.linux_detection import OwnDetector
    from connection_client.system.windows_computer import this_computer
    from connection_client.system.windows_detection import RegistryDetector
    from connection_client.system.windows_install import WindowsInstaller
    from connection_client.system.windows_launch import WindowsPrograms
    from connection_client.system.windows_notices import WindowsNotices, can_show
    from connection_client.system.windows_processes import WindowsProcesses
    from connection_client.system.windows_surroundings import surroundings
    from connection_client.system.windows_wakeups import WindowsWakeups
    from connection_client.system.windows_wishes import WindowsWishes

    installer, processes = WindowsInstaller(), WindowsProcesses()
    wakeups = WindowsWakeups(lambda: installer.under_way)

    def close() -> None:
        wakeups.close()
        installer.close()

    return Local(
        detectors=(OwnDetector(), RegistryDetector()),
        installer=installer,
        applications=processes,
        windows=processes,
        programs=WindowsPrograms(folders.state / "programs"),
        computer=lambda: this_computer(installer),
        surroundings=surroundings,
        wakeups=wakeups.subscribe,
        wishes=WindowsWishes(),
        notices=WindowsNotices() if can_show() else NoNotices(),
        close=close,
    )


def _linux(folders: Folders) -> Local:
    from connection_client.system.appimage_install import AppImageInstaller
    from connection_client.system.desktop_detection import (
        AppStreamDetector,
        DesktopEntryDetector,
        data_folders,
    )
    from connection_client.system.dpkg_database import DpkgDatabase
    from connection_client.system.flatpak_detection import FlatpakDetector
    from connection_client.system.flatpak_install import FlatpakInstaller
    from connection_client.system.linux_computer import this_computer
    from connection_client.system.linux_detection import DpkgDetector, OwnDetector
    from connection_client.system.linux_install import LinuxInstaller, PackageInstaller
    from connection_client.system.linux_launch import LinuxPrograms
    from connection_client.system.linux_notices import LinuxNotices
    from connection_client.system.linux_processes import LinuxProcesses
    from connection_client.system.linux_surroundings import surroundings
    from connection_client.system.linux_wakeups import Wakeups
    from connection_client.system.linux_wishes import LinuxWishes
    from connection_client.system.rpm_detection import RpmDetector

    database, data = DpkgDatabase(), data_folders()
    appimages = AppImageInstaller(data[0])
    installer = LinuxInstaller(
        PackageInstaller("deb"), PackageInstaller("rpm"), appimages, FlatpakInstaller()
    )
    processes, wakeups, notices = LinuxProcesses(database), Wakeups(), LinuxNotices()
    wishes = LinuxWishes()

    def close() -> None:
        wakeups.close()
        notices.close()
        wishes.close()

    return Local(
        detectors=(
            OwnDetector(),
            DpkgDetector(database),
            RpmDetector(),
            FlatpakDetector(),
            AppStreamDetector(data),
            DesktopEntryDetector(data),
        ),
        watched=(
            database.status_file,
            Path("/var/lib/rpm"),
            Path("/var/lib/flatpak/app"),
            *(folder / part for folder in data for part in ("applications", "metainfo", "flatpak/app")),
        ),
        installer=installer,
        applications=processes,
        windows=processes,
        programs=LinuxPrograms(folders.state / "programs"),
        computer=lambda: this_computer(installer),
        surroundings=surroundings,
        wakeups=wakeups.subscribe,
        notices=notices,
        wishes=wishes,
        close=close,
    )


def system_proxies() -> ProxyLookup:
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

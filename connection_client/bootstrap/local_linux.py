# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What Linux offers."""

from collections.abc import Sequence
from pathlib import Path

from connection_client.bootstrap.offers import Local
from connection_client.products.detector import Detector
from connection_client.storage.folders import Folders
from connection_client.system.appimage_install import AppImageInstaller
from connection_client.system.desktop_detection import AppStreamDetector, DesktopEntryDetector, data_folders
from connection_client.system.dpkg_database import DpkgDatabase
from connection_client.system.flatpak_detection import FlatpakDetector, changed_files
from connection_client.system.flatpak_install import FlatpakInstaller
from connection_client.system.linux_computer import this_computer
from connection_client.system.linux_detection import DpkgDetector, OwnDetector
from connection_client.system.linux_icons import icon_file
from connection_client.system.linux_install import LinuxInstaller, PackageInstaller
from connection_client.system.linux_launch import LinuxPrograms
from connection_client.system.linux_notices import LinuxNotices
from connection_client.system.linux_processes import LinuxProcesses
from connection_client.system.linux_surroundings import surroundings
from connection_client.system.linux_wakeups import Wakeups
from connection_client.system.linux_wishes import LinuxWishes
from connection_client.system.rpm_detection import RpmDetector, database_files


def linux(folders: Folders) -> Local:
    """Whoever asks closes what is given."""
    database, data = DpkgDatabase(), data_folders()
    installer = _installer(data[0])
    processes, wakeups, notices, wishes = LinuxProcesses(database), Wakeups(), LinuxNotices(), LinuxWishes()

    def close() -> None:
        for one in (wakeups, notices, wishes):
            one.close()

    return Local(
        detectors=_detectors(database, data),
        watched=_watched(database, data),
        installer=installer,
        applications=processes,
        windows=processes,
        programs=LinuxPrograms(folders.state / "programs"),
        computer=lambda: this_computer(installer),
        surroundings=surroundings,
        wakeups=wakeups.subscribe,
        notices=notices,
        wishes=wishes,
        icon_file=lambda target: icon_file(target, data),
        close=close,
    )


def _installer(own_data: Path) -> LinuxInstaller:
    appimages = AppImageInstaller(own_data)
    return LinuxInstaller(PackageInstaller("deb"), PackageInstaller("rpm"), appimages, FlatpakInstaller())


def _detectors(database: DpkgDatabase, data: Sequence[Path]) -> tuple[Detector, ...]:
    return (
        OwnDetector(),
        DpkgDetector(database),
        RpmDetector(),
        FlatpakDetector(),
        AppStreamDetector(data),
        DesktopEntryDetector(data),
    )


def _watched(database: DpkgDatabase, data: Sequence[Path]) -> tuple[Path, ...]:
    return (
        database.status_file,
        *database_files(),
        *changed_files(),
        *(folder / part for folder in data for part in ("applications", "metainfo")),
    )

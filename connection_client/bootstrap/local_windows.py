# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What Windows offers."""

import sys

from connection_client.bootstrap.offers import Local
from connection_client.domain.notices import NoNotices
from connection_client.storage.folders import Folders
from connection_client.system.linux_detection import OwnDetector
from connection_client.system.program_icons import program_with_icon
from connection_client.system.windows_changes import changes
from connection_client.system.windows_computer import this_computer
from connection_client.system.windows_detection import RegistryDetector
from connection_client.system.windows_install import WindowsInstaller
from connection_client.system.windows_launch import WindowsPrograms
from connection_client.system.windows_notices import WindowsNotices, can_show
from connection_client.system.windows_processes import WindowsProcesses
from connection_client.system.windows_surroundings import surroundings
from connection_client.system.windows_wakeups import WindowsWakeups
from connection_client.system.windows_wishes import WindowsWishes


def windows(folders: Folders, *, in_the_tray: bool) -> Local:
    """Whoever asks closes what is given."""
    packed = getattr(sys, "frozen", False)
    installer = WindowsInstaller(in_the_way=packed and not in_the_tray)
    processes = WindowsProcesses()
    wakeups = WindowsWakeups(lambda: installer.under_way)

    def close() -> None:
        wakeups.close()
        installer.close()

    return Local(
        detectors=(OwnDetector(), RegistryDetector()),
        changes=changes,
        installer=installer,
        applications=processes,
        windows=processes,
        programs=WindowsPrograms(folders.state / "programs"),
        computer=lambda: this_computer(installer),
        surroundings=surroundings,
        wakeups=wakeups.subscribe,
        wishes=WindowsWishes(),
        notices=WindowsNotices() if can_show() else NoNotices(),
        icon_file=program_with_icon,
        close=close,
    )

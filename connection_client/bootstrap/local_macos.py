# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What macOS offers. Wake-ups and what people wish of every program are not listened to there yet."""

from pathlib import Path

from connection_client.bootstrap.offers import Local
from connection_client.storage.folders import Folders
from connection_client.system.macos_bundles import application_folders
from connection_client.system.macos_computer import this_computer
from connection_client.system.macos_detection import (
    RECEIPTS,
    BundleDetector,
    OwnBundleDetector,
    ReceiptDetector,
)
from connection_client.system.macos_install import MacInstaller
from connection_client.system.macos_launch import MacPrograms
from connection_client.system.macos_processes import MacProcesses
from connection_client.system.macos_surroundings import surroundings
from connection_client.system.macos_tools import SYSTEM_PATH
from connection_client.system.program_icons import bundle_with_icon


def macos(
    folders: Folders, home: Path | None = None, root: Path = Path("/"), path: str = SYSTEM_PATH
) -> Local:
    """`home`, `root` and the search `path` of the system's programs are others only in tests."""
    places = application_folders(home, root)
    installer, processes = MacInstaller(places, path), MacProcesses(path)
    return Local(
        detectors=(OwnBundleDetector(), BundleDetector(places), ReceiptDetector(root, path)),
        watched=(*places, root / RECEIPTS),
        installer=installer,
        applications=processes,
        windows=processes,
        programs=MacPrograms(folders.logs / "programs", path),
        computer=lambda: this_computer(installer, root, path),
        surroundings=lambda: surroundings(path),
        icon_file=bundle_with_icon,
    )

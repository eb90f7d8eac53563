# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The icon of an installed application where programs carry their own: Windows and macOS."""

from pathlib import Path

from connection_client.domain.installed import LaunchTarget
from connection_client.system.msix_packages import is_packaged


def program_with_icon(target: LaunchTarget) -> Path | None:
    """The program for Windows that is started, which has its icon in itself; Explorer's is nobody's."""
    if is_packaged(target):
        return None
    path = Path(target.command[0])
    return path if path.suffix.lower() == ".exe" and path.is_file() else None


def bundle_with_icon(target: LaunchTarget) -> Path | None:
    """The bundle of macOS that the program lies in; the outermost, which is the one that people see."""
    bundles = [path for path in Path(target.command[0]).parents if path.suffix == ".app"]
    return bundles[-1] if bundles else None

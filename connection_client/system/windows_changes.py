# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Notices that something was installed, updated or removed, by when the registry was written last.

A key's time moves when a key below it comes or goes, and not when one below it is written: so the entries of
programs are looked at one by one, some hundred times at a few microseconds. Packages have a key for each
version. A file that a `file-version` rule names is looked at in each whole look alone.
"""

from connection_client.system.msix_packages import PERSON, REPOSITORY
from connection_client.system.windows_registry import APP_PATHS, BRANCHES, UNINSTALL, last_writes


def changes() -> tuple[object, ...]:
    """Another value than before where an entry came, went or was written."""
    keys = [(branch, path) for branch in BRANCHES for path in (UNINSTALL, APP_PATHS)]
    return tuple(last_writes(branch, path) for branch, path in (*keys, (PERSON, REPOSITORY)))

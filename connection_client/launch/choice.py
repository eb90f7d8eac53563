# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which of several versions that lie side by side is started."""

from collections.abc import Sequence

from connection_client.domain.installed import InstalledProduct
from connection_client.domain.versions import Version


def choose(found: Sequence[InstalledProduct], last_used: str, wanted: str = "") -> InstalledProduct | None:
    """The version that was asked for, else the one used last, else the newest; None where there is none.

    A version whose text cannot be compared comes after all others.
    """
    startable = [one for one in found if one.launch is not None and one.launch.command]
    if wanted:
        return next((one for one in startable if _same(one, wanted)), None)
    used = next((one for one in startable if last_used and one.version_text == last_used), None)
    return used or _newest(startable)


def _newest(found: Sequence[InstalledProduct]) -> InstalledProduct | None:
    newest: InstalledProduct | None = None
    for one in found:
        if newest is None or newest.version is None:
            newest = one if newest is None or one.version is not None else newest
        elif one.version is not None and one.version > newest.version:
            newest = one
    return newest


def _same(installed: InstalledProduct, wanted: str) -> bool:
    version = Version.parse(wanted)
    return installed.version_text == wanted or (version is not None and installed.version == version)

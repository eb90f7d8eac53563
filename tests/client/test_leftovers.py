# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A client that starts lets go of downloads that nobody came back for, without any new download."""

import os
from pathlib import Path

from tests.client.conftest import Start
from tests.world.desktop import Desktop
from tests.world.waiting import wait_until


def test_an_old_part_is_gone_soon_after_the_start(desktop: Desktop, start_client: Start) -> None:
    folder = Path(desktop.environment["XDG_CACHE_HOME"]) / "connection-client" / "downloads"
    folder.mkdir(parents=True)
    old, young = folder / f"{'0' * 64}.part", folder / f"{'1' * 64}.part"
    for part in (old, young):
        part.write_bytes(b"a part")
    os.utime(old, (1, 1))

    start_client(desktop.environment, "--hidden")

    wait_until(lambda: not old.exists(), 30, "the old part is still there")
    assert young.exists()

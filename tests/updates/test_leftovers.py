# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What nobody came back for is gone after two weeks; everything else stays."""

import os
import time
from pathlib import Path

from connection_client.updates.leftovers import remove_leftovers

_DAY = 86_400


def aged(path: Path, days: float) -> Path:
    path.write_bytes(b"a part")
    then = time.time() - days * _DAY
    os.utime(path, (then, then))
    return path


def test_old_parts_go_and_young_ones_stay(tmp_path: Path) -> None:
    old = [aged(tmp_path / name, 15) for name in ("a.part", "a.json", "b.deb")]
    young = [aged(tmp_path / name, 13) for name in ("c.part", "c.json", "d.deb")]
    (tmp_path / "folder").mkdir()
    os.utime(tmp_path / "folder", (1, 1))

    remove_leftovers(tmp_path)

    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in young)
    assert (tmp_path / "folder").is_dir()


def test_a_folder_that_is_not_there_is_no_failure(tmp_path: Path) -> None:
    remove_leftovers(tmp_path / "nowhere")

    assert not (tmp_path / "nowhere").exists()

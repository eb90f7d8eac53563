# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What failed is known after a new start, for a day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connection_client.domain.errors import FolderNotWritable
from connection_client.storage.failures import FailuresFile


def test_it_waits_a_day_over_all_starts(tmp_path: Path) -> None:
    path, now = tmp_path / "failures.json", datetime.now(UTC)
    file = FailuresFile(path)
    file.note("survey-viewer", "10.2.0.7", now)
    assert file.waits("survey-viewer", "10.2.0.7", now)
    file.keep()

    later = FailuresFile(path)

    assert later.waits("survey-viewer", "10.2.0.7", now + timedelta(hours=23))
    assert not later.waits("survey-viewer", "10.2.0.7", now + timedelta(hours=24))
    assert not later.waits("survey-viewer", "10.3.0.0", now)
    assert not later.waits("mesh-viewer", "10.2.0.7", now)
    assert path.stat().st_mode & 0o077 == 0


def test_a_clock_that_was_set_back_puts_nothing_off(tmp_path: Path) -> None:
    file, now = FailuresFile(tmp_path / "failures.json"), datetime.now(UTC)
    file.note("survey-viewer", "10.2.0.7", now + timedelta(days=400))

    assert not file.waits("survey-viewer", "10.2.0.7", now)


def test_what_is_old_is_let_go(tmp_path: Path) -> None:
    path, now = tmp_path / "failures.json", datetime.now(UTC)
    file = FailuresFile(path)
    file.note("survey-viewer", "10.1", now - timedelta(days=2))
    file.note("survey-viewer", "10.2", now)

    file.keep()

    assert list(FailuresFile(path).failed) == [("survey-viewer", "10.2")]


@pytest.mark.parametrize("content", ["", "{", "[1, null]", '{"a": 1}', '[{"at": "2026-11-24"}]', "[" * 9999])
def test_what_cannot_be_read_puts_nothing_off(tmp_path: Path, content: str) -> None:
    (tmp_path / "failures.json").write_text(content)

    assert FailuresFile(tmp_path / "failures.json").failed == {}


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    file = FailuresFile(tmp_path / "gone" / "failures.json")
    file.note("survey-viewer", "10.2", datetime.now(UTC))

    with pytest.raises(FolderNotWritable):
        file.keep()

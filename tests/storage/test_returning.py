# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A client that a setup asked to end comes back once, and no other does."""

import time
from pathlib import Path

from connection_client.storage.returning import is_expected_back, note_return


def test_it_comes_back_once(tmp_path: Path) -> None:
    assert not is_expected_back(tmp_path)
    note_return(tmp_path)
    assert is_expected_back(tmp_path)
    assert not is_expected_back(tmp_path)


def test_a_note_of_an_upgrade_long_ago_says_nothing(tmp_path: Path) -> None:
    note_return(tmp_path)
    assert not is_expected_back(tmp_path, time.time() + 7200)
    assert not is_expected_back(tmp_path)  # it is gone


def test_a_folder_that_is_gone_is_no_failure(tmp_path: Path) -> None:
    note_return(tmp_path / "gone")
    assert not is_expected_back(tmp_path / "gone")

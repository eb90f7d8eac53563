# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Choices about updates and the history, on a real disk."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from connection_client.domain.errors import FolderNotWritable, InstallerBusy
from connection_client.storage.history import HistoryFile
from connection_client.storage.update_locks import lock_beside, one_installation
from connection_client.storage.update_state import UpdateState
from connection_client.updates.choices import Unmoved
from connection_client.updates.history import HistoryEntry

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def state(folder: Path) -> UpdateState:
    path = folder / "updates.json"
    return UpdateState(path, lock_beside(path))


def history(folder: Path) -> HistoryFile:
    path = folder / "history.jsonl"
    return HistoryFile(path, lock_beside(path))


def entry(name: str, log: Path | None = None) -> HistoryEntry:
    return HistoryEntry(AT, "viewer", name, "10.1", "10.2", "installed", log)


def test_choices_outlive_the_process(tmp_path: Path) -> None:
    first = state(tmp_path)
    first.skip("viewer", "10.2")
    first.remind("mesh", AT.astimezone(timezone(timedelta(hours=2))))
    first.ignore("drawing", ignored=True)
    first.remember_unmoved(Unmoved("viewer", "10.3", "10.1"))

    choices = state(tmp_path).read()

    assert choices.skipped == {("viewer", "10.2")}
    assert choices.waits("mesh", AT - timedelta(seconds=1))
    assert not choices.waits("mesh", AT)
    assert choices.ignored == {"drawing"}
    assert choices.unmoved == {Unmoved("viewer", "10.3", "10.1")}


def test_a_later_reminder_replaces_the_earlier_and_what_was_ignored_comes_back(tmp_path: Path) -> None:
    kept = state(tmp_path)
    kept.remind("mesh", AT)
    kept.remind("mesh", AT + timedelta(days=1))
    kept.ignore("mesh", ignored=True)
    kept.ignore("mesh", ignored=False)

    assert kept.read().remind_at == (("mesh", AT + timedelta(days=1)),)
    assert kept.read().ignored == frozenset()


def test_the_random_id_of_this_computer_stays(tmp_path: Path) -> None:
    computer = state(tmp_path).read().computer

    assert len(computer) == 32
    assert state(tmp_path).read().computer == computer
    assert state(tmp_path / "..").read().computer != computer


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"computer": 1, "skipped": 7}', b"\xff"])
def test_a_file_that_cannot_be_read_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "updates.json").write_bytes(content)

    assert state(tmp_path).read().skipped == frozenset()
    state(tmp_path).skip("viewer", "10.2")
    assert state(tmp_path).read().skipped == {("viewer", "10.2")}


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    threads = [
        threading.Thread(target=lambda number=number: state(tmp_path).skip("viewer", str(number)))
        for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(state(tmp_path).read().skipped) == 12


def test_the_newest_operation_comes_first(tmp_path: Path) -> None:
    history(tmp_path).add(entry("first", tmp_path / "log"))
    history(tmp_path).add(entry("second\nline → ü"))

    assert [one.name for one in history(tmp_path).entries()] == ["second\nline → ü", "first"]
    assert history(tmp_path).entries()[1] == entry("first", tmp_path / "log")


def test_a_broken_line_loses_only_itself(tmp_path: Path) -> None:
    history(tmp_path).add(entry("first"))
    with (tmp_path / "history.jsonl").open("ab") as file:
        file.write(b'{"at": 7}\nnonsense\n\xff\n')
    history(tmp_path).add(entry("second"))

    assert [one.name for one in history(tmp_path).entries()] == ["second", "first"]


def test_only_so_many_operations_are_kept(tmp_path: Path) -> None:
    lines = "\n".join(str(number) for number in range(600))
    (tmp_path / "history.jsonl").write_text(lines)

    history(tmp_path).add(entry("newest"))

    assert len((tmp_path / "history.jsonl").read_text().splitlines()) == 500
    assert [one.name for one in history(tmp_path).entries()] == ["newest"]


def test_a_second_installation_is_told_so(tmp_path: Path) -> None:
    with one_installation(tmp_path)(), pytest.raises(InstallerBusy), one_installation(tmp_path)():
        pass
    with one_installation(tmp_path)():
        assert (tmp_path / "installing.lock").exists()


def test_a_lock_that_another_keeps_names_the_folder(tmp_path: Path) -> None:
    lock, impatient = lock_beside(tmp_path / "file"), lock_beside(tmp_path / "file", 0.1)

    with lock(), pytest.raises(FolderNotWritable) as caught, impatient():
        pass

    assert caught.value.facts == {"path": str(tmp_path), "reason": "in use"}

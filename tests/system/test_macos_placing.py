# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Two folders change places in one step of the file system, or in two that can be undone."""

import errno
import os
from pathlib import Path

import pytest

from connection_client.system import macos_placing
from connection_client.system.macos_bundles import read_bundle
from connection_client.system.macos_placing import exchange, swap, tidy_up
from tests.world.macintosh import make_bundle


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """The new application in a folder of ours, and the place of the old one."""
    new = make_bundle(tmp_path / ".connection-client-x", "Viewer", "2")
    return new, make_bundle(tmp_path, "Viewer", "1")


def version(bundle: Path) -> str:
    read = read_bundle(bundle)
    return read.version if read is not None else ""


def cannot_swap(_one: Path, other: Path) -> None:
    """A file system that knows no such step."""
    raise OSError(errno.ENOTSUP, "not supported", str(other))


def test_both_are_there_all_the_time(places: tuple[Path, Path]) -> None:
    new, target = places

    exchange(new, target)

    assert (version(target), version(new)) == ("2", "1")


def test_swapping_with_what_is_not_there_says_why(places: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as caught:
        swap(places[0], tmp_path / "nowhere")

    assert caught.value.errno == errno.ENOENT


def test_the_first_one_simply_comes(places: tuple[Path, Path], tmp_path: Path) -> None:
    exchange(places[0], tmp_path / "First.app")

    assert version(tmp_path / "First.app") == "2"


def test_without_that_step_there_are_two(places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(macos_placing, "swap", cannot_swap)
    new, target = places

    exchange(new, target)

    assert version(target) == "2"
    assert version(new.parent / "previous/Viewer.app") == "1"


def test_a_second_step_that_fails_is_undone(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    new, target = places
    monkeypatch.setattr(macos_placing, "swap", cannot_swap)
    rename = Path.rename

    def failing(path: Path, to: Path) -> Path:
        if path == new:
            raise OSError(errno.EIO, "the disk is broken")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", failing)

    with pytest.raises(OSError, match="broken"):
        exchange(new, target)

    assert version(target) == "1"


def test_another_trouble_than_that_is_not_worked_around(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_one: Path, _other: Path) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    monkeypatch.setattr(macos_placing, "swap", broken)

    with pytest.raises(OSError, match="broken"):
        exchange(*places)

    assert version(places[1]) == "1"


def test_what_a_power_cut_left_between_the_two_steps_is_put_back(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    new, target = places
    aside = new.parent / "previous/Viewer.app"
    aside.parent.mkdir()
    target.rename(aside)

    tidy_up(tmp_path)

    assert version(target) == "1"
    assert new.exists()  # somebody may still work there


def test_what_nobody_works_on_any_more_is_removed_and_nothing_else(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    new, target = places
    (tmp_path / ".connection-client-now").mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / ".connection-client-link").symlink_to(outside)
    for path in (new.parent, target, outside):
        os.utime(path, (1, 1))

    tidy_up(tmp_path)

    assert not new.parent.exists()
    assert target.exists()
    assert outside.exists()
    assert (tmp_path / ".connection-client-now").exists()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What was agreed to outlives the process; what cannot be read lets nothing begin."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connection_client.domain.errors import FolderNotWritable
from connection_client.storage.agreed import AgreedFile
from connection_client.updates.queue import Agreed, Waiting

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ONE = Agreed("survey-viewer", "10.2.0.7", AT)
OTHERS = (
    Agreed("mesh-viewer", "10.2.0.7", AT, Waiting.CLOSING, back=True),
    Agreed("drawing-viewer", "9", AT, Waiting.PERSON, Path("/home/ana/drawing viewer.deb")),
)


def test_it_is_read_as_it_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "agreed.json"
    file = AgreedFile(path)
    assert file.unfinished == ()

    file.keep(1, (ONE, *OTHERS))

    assert AgreedFile(path).unfinished == (ONE, *OTHERS)
    assert path.stat().st_mode & 0o077 == 0


def test_what_comes_late_does_not_replace_what_is_newer(tmp_path: Path) -> None:
    file = AgreedFile(tmp_path / "agreed.json")

    file.keep(2, (ONE,))
    file.keep(1, OTHERS)

    assert AgreedFile(tmp_path / "agreed.json").unfinished == (ONE,)


@pytest.mark.parametrize("content", ["", "{", "[1, null]", '{"a": 1}', '[{"product": "a"}]', "[" * 9999])
def test_what_cannot_be_read_lets_nothing_begin(tmp_path: Path, content: str) -> None:
    (tmp_path / "agreed.json").write_text(content)

    assert AgreedFile(tmp_path / "agreed.json").unfinished == ()


def test_a_spoilt_entry_loses_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "agreed.json"
    AgreedFile(path).keep(1, (ONE,))
    path.write_text(json.dumps([{"product": "x", "waiting": "ever"}, *json.loads(path.read_text())]))

    assert AgreedFile(path).unfinished == (ONE,)


def test_a_folder_that_refuses_is_said_and_tried_again(tmp_path: Path) -> None:
    file = AgreedFile(tmp_path / "missing" / "agreed.json")

    with pytest.raises(FolderNotWritable):
        file.keep(1, (ONE,))

    (tmp_path / "missing").mkdir()
    file.keep(1, (ONE,))
    assert AgreedFile(tmp_path / "missing" / "agreed.json").unfinished == (ONE,)

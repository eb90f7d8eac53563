# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Folders and files: private, and either old or new."""

import json
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from connection_client.domain.errors import FolderNotWritable, SessionBusy
from connection_client.storage.files import read_json, write_atomically, write_json
from connection_client.storage.folders import Folders
from connection_client.storage.locks import SessionLockFile


def test_folders_follow_the_session_and_are_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("CONFIG_HOME", "CACHE_HOME", "STATE_HOME", "DATA_HOME", "RUNTIME_DIR"):
        monkeypatch.setenv(f"XDG_{variable}", str(tmp_path / variable))
    folders = Folders.of_this_user()
    assert folders.runtime == tmp_path / "RUNTIME_DIR" / "connection-client"
    assert folders.config == tmp_path / "CONFIG_HOME" / "connection-client"
    for folder in (folders.config, folders.cache, folders.state, folders.data, folders.runtime):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert Folders.of_this_user().runtime == folders.state / "run"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderNotWritable):
        Folders.under(tmp_path / "file")


def test_json_comes_back(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"name": "Zoë"})
    assert read_json(tmp_path / "a.json") == {"name": "Zoë"}
    assert read_json(tmp_path / "none.json") is None
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(ValueError, match="Expecting"):
        read_json(tmp_path / "bad.json")


def test_a_full_disk_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_json(path, "old")
    # A limit on the size of files fails a write as a full disk does; it holds for the child alone.
    script = (
        "import resource, signal, sys; from pathlib import Path;"
        "from connection_client.storage.files import write_atomically;"
        "from connection_client.domain.errors import FolderNotWritable;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));\n"
        "try: write_atomically(Path(sys.argv[1]), b'x' * 1000)\n"
        "except FolderNotWritable as error: print(error.code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "folder-not-writable"
    assert json.loads(path.read_text()) == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.json"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 100


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        write_atomically(tmp_path / "none" / "a", b"")


def test_a_lock_that_another_process_keeps_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from connection_client.storage.locks import SessionLockFile\n"
        "with SessionLockFile(Path(sys.argv[1]))():\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(SessionBusy), SessionLockFile(tmp_path, seconds=0.2)():
            pass
        holder.kill()
    with SessionLockFile(tmp_path, seconds=5)():
        assert (tmp_path / "session.lock").exists()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the repository may forget, and what it tells about itself."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from connect_center.publisher.publishing import CATALOGUE, CLIENT, Publisher
from connect_center.publisher.renewal import renew_once
from connect_center.publisher.repository import SignedRepository, utc_now
from tests.center.rotation.publishing import publish_another
from tests.world.repository import fetch


# ---- what is old ---------------------------------------------------------------------------------
def test_pruning_keeps_what_clients_can_ask_for(
    tmp_path: Path, publisher: Publisher, address: str, root: bytes
) -> None:
    publisher.rotate("root")
    for number in range(5):
        publish_another(publisher, b'{"number": %d}' % number)
    folder = tmp_path / "state" / "tuf"
    assert publisher.prune(timedelta(days=30)) == ()
    for path in folder.rglob("*.json"):
        os.utime(path, (0, 0))
    removed = publisher.prune(timedelta(days=30))
    assert len(removed) > 10
    assert fetch(address, root, tmp_path / "cache") == b'{"number": 4}'
    assert publisher.repository.read(CLIENT)
    assert [path.name for path in sorted((folder / "metadata").glob("*.root.json"))] == [
        "1.root.json",
        "2.root.json",
    ]
    assert len(list((folder / "metadata").glob("*.catalogue.json"))) == 1
    assert len(list((folder / "targets" / "catalogue").iterdir())) == 1
    assert publisher.prune(timedelta(days=30)) == ()


def test_what_was_superseded_lately_stays(tmp_path: Path, publisher: Publisher) -> None:
    before = {state.role: state.version for state in publisher.states()}
    publish_another(publisher, b"{}")
    folder = tmp_path / "state" / "tuf" / "metadata"
    os.utime(folder / f"{before['catalogue']}.catalogue.json", (0, 0))  # long in force, superseded just now
    name = f"{before['catalogue']}.catalogue.json"
    assert name not in publisher.prune(timedelta(days=30))
    assert (folder / name).is_file()


def test_a_running_center_prunes_by_itself(tmp_path: Path, publisher: Publisher) -> None:
    for number in range(3):
        publish_another(publisher, b'{"number": %d}' % number)
    folder = tmp_path / "state" / "tuf"
    for path in folder.rglob("*.json"):
        os.utime(path, (0, 0))
    renew_once(publisher)
    assert len(list((folder / "metadata").glob("*.snapshot.json"))) == 1
    assert publisher.repository.read(CATALOGUE) == b'{"number": 2}'


def test_nothing_is_pruned_from_a_damaged_repository(
    tmp_path: Path, publisher: Publisher, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "state" / "tuf"
    publish_another(publisher, b"{}")
    version = {state.role: state.version for state in publisher.states()}["catalogue"]
    for path in folder.rglob("*.json"):
        os.utime(path, (0, 0))
    (folder / "metadata" / f"{version + 1}.catalogue.json").write_text("half writt")
    before = sorted(folder.rglob("*.json"))
    renew_once(publisher)
    assert sorted(folder.rglob("*.json")) == before
    assert "does not verify" in caplog.text


# ---- the command ---------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_commands(tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.CENTER_STATE = tmp_path
    call_command("publish", "init")
    call_command("publish", "rotate", "root")
    call_command("publish", "delegate", "partner", "partner/*")
    call_command("publish", "take-back", "partner")
    call_command("publish", "prune")
    call_command("publish", "check")
    said = capsys.readouterr().out
    assert "root has a new key." in said
    assert "root: version 2, signed until" in said
    with pytest.raises(CommandError, match="There is no role “chess”"):
        call_command("publish", "rotate", "chess")


@pytest.mark.django_db
def test_the_check_says_what_ends_when(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CENTER_STATE = tmp_path
    call_command("publish", "init")
    with pytest.raises(CommandError, match="The role timestamp ends at") as ended:
        call_command("publish", "check", "--days", "4")
    assert ended.value.returncode == 3
    assert "snapshot" not in str(ended.value)
    assert "snapshot: version" in capsys.readouterr().out
    past = Publisher(tmp_path / "old", clock=lambda: utc_now() - timedelta(days=10))
    past.initialise("Example Systems")
    settings.CENTER_STATE = tmp_path / "old"
    with pytest.raises(CommandError, match="The role timestamp ended at") as wrong:
        call_command("publish", "check")
    assert wrong.value.returncode == 1


def test_the_repository_names_its_delegations(publisher: Publisher) -> None:
    assert isinstance(publisher.repository, SignedRepository)
    assert publisher.repository.delegations() == {"catalogue": "catalogue/*", "client": "client/*"}

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""skip, remind, ignore and choices over a real list and real packages, and each taken back."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connection_client.cli.main import main
from tests.cli.conftest import cli_rooms
from tests.world.catalogues import package_json, product_json, release_json
from tests.world.delivery import Delivery, delivery
from tests.world.openid_provider import LyingProvider
from tests.world.root import needs_root

pytestmark = needs_root

Run = Callable[..., int]
Output = pytest.CaptureFixture[str]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Delivery]:
    with delivery(tmp_path) as world:
        world.computer.install(world.deb("10.1.0.12"))
        yield world


@pytest.fixture
def run(
    bus: str, provider: LyingProvider, world: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run one command in rooms of its own, as a process would; the exit status."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    return lambda *words: main(words, lambda: cli_rooms(tmp_path, provider.issuer, world.workspace()))


def published(world: Delivery, severity: str = "recommended") -> None:
    release = release_json("10.2.0.7", package_json(world.deb("10.2.0.7")), severity=severity)
    mesh = release_json("10.1.0.12", package_json(world.deb("10.1.0.12", "mesh-viewer-ses")))
    world.publish(product_json("survey-viewer", release), product_json("mesh-viewer", mesh))


def as_json(output: Output) -> Any:
    return json.loads(output.readouterr().out)


def offered(world: Delivery) -> bool:
    """Whether a client that looks by itself offers it."""
    row = world.workspace().refresh().row("survey-viewer")
    return row is not None and row.recommendation is not None


def test_a_version_is_skipped_and_offered_again(run: Run, world: Delivery, capsys: Output) -> None:
    published(world)
    assert offered(world)
    assert run("skip", "survey-viewer") == 0
    assert capsys.readouterr().out == "Survey Viewer SES 10.2.0.7 is not offered again.\n"
    assert not offered(world)
    assert run("updates") == 0
    assert "10.1.0.12 → 10.2.0.7" in capsys.readouterr().out, "who asks sees everything"
    assert run("choices") == 0
    assert capsys.readouterr().out == "survey-viewer  10.2.0.7 is skipped  (skip --undo)\n"

    assert run("skip", "survey-viewer", "--undo", "--json") == 0
    assert as_json(capsys) == {"id": "survey-viewer", "skipped": [], "remind_at": None, "ignored": False}
    assert offered(world)
    assert run("choices") == 0
    assert capsys.readouterr().out == "Nothing was skipped, put off or left alone.\n"


def test_what_is_critical_is_put_off_but_not_skipped(run: Run, world: Delivery, capsys: Output) -> None:
    published(world, "critical")
    assert run("skip", "survey-viewer", "--json") == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["code"] == "choice-not-taken"
    assert said.err.startswith("An important update can be put off, but not left out, so nothing was changed")
    assert offered(world)
    assert run("remind", "survey-viewer") == 0
    assert not offered(world)


def test_an_update_is_put_off_for_days(run: Run, world: Delivery, capsys: Output) -> None:
    published(world)
    assert run("remind", "survey-viewer", "--days", "3", "--json") == 0
    at = datetime.fromisoformat(as_json(capsys)["remind_at"])
    assert timedelta(days=2, hours=23) < at - datetime.now(UTC) < timedelta(days=3, hours=1)
    assert not offered(world)
    assert run("choices", "--json") == 0
    assert as_json(capsys)["survey-viewer"]["remind_at"] == at.isoformat()

    assert run("remind", "survey-viewer", "--undo") == 0
    assert offered(world)


def test_an_application_is_left_alone_and_looked_after_again(
    run: Run, world: Delivery, capsys: Output
) -> None:
    published(world)
    assert run("ignore", "survey-viewer") == 0
    assert capsys.readouterr().out == "Updates of Survey Viewer SES are never offered.\n"
    assert not offered(world)
    assert run("choices") == 0
    assert capsys.readouterr().out == "survey-viewer  left alone  (ignore --undo)\n"
    assert run("ignore", "survey-viewer", "--undo") == 0
    assert offered(world)


def test_several_choices_are_listed_together(run: Run, world: Delivery, capsys: Output) -> None:
    published(world)
    for words in (("skip",), ("remind", "--days", "2"), ("ignore",)):
        run(*words, "survey-viewer")
    capsys.readouterr()
    assert run("choices") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.rpartition("  ")[2] for line in lines] == [
        "(skip --undo)",
        "(remind --undo)",
        "(ignore --undo)",
    ]


@pytest.mark.parametrize("command", ["skip", "remind"])
def test_nothing_can_be_decided_where_nothing_is_offered(
    run: Run, world: Delivery, capsys: Output, command: str
) -> None:
    published(world)
    assert run(command, "mesh-viewer") == 3  # it is not installed, so nothing of it is an update
    assert capsys.readouterr().err.startswith("No update is offered, so nothing was changed for Mesh Viewer")
    assert run(command, "unheard-of") == 3
    assert run(command, "mesh-viewer", "--undo") == 0, "taking back what nobody chose is fine"
    assert not world.workspace().choices().skipped


@pytest.mark.parametrize("days", ["0", "-1", "366", "soon"])
def test_days_that_make_no_sense_are_not_understood(run: Run, days: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run("remind", "survey-viewer", "--days", days)
    assert caught.value.code == 2

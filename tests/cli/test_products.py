# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""products, updates, update, install and history over a real list and real packages."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connection_client.cli.main import main
from connection_client.workspace.help import HelpDesk
from connection_client.workspace.rooms import Rooms
from tests.cli.conftest import cli_rooms
from tests.world.catalogues import only, package_json, product_json, release_json
from tests.world.delivery import Delivery, delivery
from tests.world.openid_provider import LyingProvider
from tests.world.root import needs_root

pytestmark = needs_root

LINKS = dict.fromkeys(("register", "forum", "downloads", "connected"), "https://center.example/") | {
    "service_request": "https://center.example/support/new/"
}
Run = Callable[..., int]
Output = pytest.CaptureFixture[str]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Delivery]:
    """The old survey viewer is installed; a newer one and a mesh viewer for accounts are published."""
    with delivery(tmp_path) as world:
        world.computer.install(world.deb("10.1.0.12"))
        newer = release_json("10.2.0.7", package_json(world.deb("10.2.0.7")), notes={"cves": ["CVE-2026-1"]})
        mesh = package_json(world.deb("10.1.0.12", "mesh-viewer-ses"), auth="account")
        world.publish(
            product_json("survey-viewer", newer), product_json("mesh-viewer", release_json("10.1.0.12", mesh))
        )
        yield world


@pytest.fixture
def run(
    bus: str, provider: LyingProvider, world: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run one command in rooms of its own, as a process would; the exit status."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)

    def rooms() -> Rooms:
        help_desk = HelpDesk(lambda: LINKS, lambda: None, lambda _: None)
        return cli_rooms(tmp_path, provider.issuer, world.workspace(), help_desk)

    return lambda *words: main(words, rooms)


def as_json(output: Output) -> Any:
    return json.loads(output.readouterr().out)


def test_products_says_what_is_here_and_what_could_be(run: Run, capsys: Output) -> None:
    assert run("products") == 0

    assert capsys.readouterr().out.splitlines() == [
        "survey-viewer  Survey Viewer SES  10.1.0.12  update 10.2.0.7 available",
        "mesh-viewer  Mesh Viewer SES  not installed  10.1.0.12 can be installed",
    ]


def test_products_as_json_has_the_evidence(run: Run, capsys: Output) -> None:
    assert run("products", "--json") == 0

    value = as_json(capsys)
    survey, mesh = value["products"]
    assert value["problem"] is None
    assert value["confirmed_at"] is not None
    assert survey["installed"]["version"] == "10.1.0.12"
    assert survey["installed"]["command"] == ["/usr/bin/survey-viewer-ses"]
    assert only(survey["installed"]["evidence"])["source"] == "dpkg"
    assert survey["recommendation"]["reasons"] == ["newer", "security"]
    assert survey["recommendation"]["restarts"] == "nothing"
    assert value["bytes_per_second"] is None, "nothing was downloaded yet"
    assert mesh["installed"] is None
    assert mesh["recommendation"]["blockers"] == ["not-signed-in"]


def test_updates_says_why(run: Run, capsys: Output) -> None:
    assert run("updates") == 0

    first, *reasons = capsys.readouterr().out.splitlines()
    assert first.startswith("survey-viewer  Survey Viewer SES  10.1.0.12 → 10.2.0.7  ")
    asks = "    asks once for administrator rights"
    assert reasons == ["    it is newer", "    it closes security holes", asks]


@pytest.mark.parametrize(
    ("codes", "restarts", "says"),
    [
        ({"0": "reboot-required"}, "computer", "restarts the computer"),
        ({"3010": "reboot-required"}, "perhaps-computer", "may restart the computer"),
    ],
)
def test_updates_says_what_starts_anew(
    run: Run, world: Delivery, capsys: Output, codes: dict[str, str], restarts: str, says: str
) -> None:
    package = package_json(world.deb("10.2.0.7"))
    package["install"] = {**package["install"], "exit_codes": codes}
    world.publish(product_json("survey-viewer", release_json("10.2.0.7", package)))
    assert run("updates") == 0
    assert f"    {says}\n" in capsys.readouterr().out
    assert run("updates", "--json") == 0
    assert only(as_json(capsys)["products"])["recommendation"]["restarts"] == restarts


def test_update_installs_and_then_there_is_nothing_more(run: Run, world: Delivery, capsys: Output) -> None:
    assert run("update", "survey-viewer") == 0

    said = capsys.readouterr()
    assert said.out == "Survey Viewer SES 10.2.0.7 is installed.\n"
    assert "Survey Viewer SES: Installing\n" in said.err
    assert world.computer.version("survey-viewer-ses") == "10.2.0.7"
    assert run("updates") == 0
    assert capsys.readouterr().out == "Every application is up to date.\n"
    assert run("update", "--all", "--json") == 0
    assert as_json(capsys) == {"installed": [], "failed": []}
    assert run("history", "--json") == 0
    entry = only(as_json(capsys))
    assert (entry["id"], entry["before"], entry["after"], entry["outcome"]) == (
        "survey-viewer",
        "10.1.0.12",
        "10.2.0.7",
        "installed",
    )
    assert run("history") == 0
    assert "Survey Viewer SES  10.1.0.12 → 10.2.0.7  installed" in capsys.readouterr().out


def test_what_is_refused_ends_with_3_and_a_sentence(run: Run, capsys: Output) -> None:
    assert run("update", "mesh-viewer", "--json") == 3

    said = capsys.readouterr()
    assert only(json.loads(said.out)["failed"])["code"] == "not-signed-in"
    assert said.err.endswith("Sign in to go on.\n")
    assert run("update", "unheard-of") == 3
    assert "unheard-of cannot be installed here" in capsys.readouterr().err


def test_update_wants_to_know_what(run: Run) -> None:
    with pytest.raises(SystemExit) as caught:
        run("update")

    assert caught.value.code == 2


def test_a_file_of_the_administrator_is_installed(run: Run, world: Delivery, capsys: Output) -> None:
    assert run("install", str(world.files / "survey-viewer-ses_10.2.0.7_all.deb")) == 0

    assert capsys.readouterr().out == "Survey Viewer SES 10.2.0.7 is installed.\n"
    assert world.computer.version("survey-viewer-ses") == "10.2.0.7"


def test_a_file_that_nobody_signed_is_refused(run: Run, tmp_path: Path, capsys: Output) -> None:
    stranger = tmp_path / "stranger.deb"
    stranger.write_bytes(b"!<arch>\n")

    assert run("install", str(stranger)) == 3
    assert "stranger.deb is in no list of the publisher" in capsys.readouterr().err
    assert run("install", str(tmp_path / "missing.deb"), "--json") == 3
    assert as_json(capsys)["error"]["code"] == "file-not-readable"


def test_without_network_the_kept_list_is_shown_with_the_reason(
    run: Run, world: Delivery, capsys: Output
) -> None:
    assert run("products") == 0
    before = capsys.readouterr().out
    world.server.close()

    assert run("products") == 0
    after = capsys.readouterr().out
    assert after.startswith(before)
    assert "cannot be reached (nothing answers there)" in after
    assert "The list is of " in after
    assert run("products", "--offline") == 0
    assert capsys.readouterr().out == before


def test_history_is_empty_at_first(run: Run, capsys: Output) -> None:
    assert run("history") == 0
    assert capsys.readouterr().out == "Nothing was installed from here yet.\n"


def test_why_shows_the_evidence_and_where_to_say_it_is_wrong(run: Run, capsys: Output) -> None:
    assert run("why", "survey-viewer", "--json") == 0

    told = as_json(capsys)
    assert only(told["evidence"]) == {
        "version": "10.1.0.12",
        "source": "dpkg",
        "where": "survey-viewer-ses:all",
        "says": "10.1.0.12",
    }
    assert told["report"] == "https://center.example/support/new/?product=survey-viewer&version=10.1.0.12"
    assert run("why", "unheard-of") == 3


def test_a_letter_for_it_is_written_once(run: Run, tmp_path: Path, capsys: Output) -> None:
    letter = tmp_path / "letter.txt"

    assert run("send-to-it", "survey-viewer", str(letter)) == 0
    before = letter.read_text()
    assert "survey-viewer-ses_10.2.0.7_all.deb" in before
    assert run("send-to-it", "survey-viewer", str(letter)) == 3

    assert letter.read_text() == before


def test_going_back_needs_a_kept_package(run: Run, world: Delivery, capsys: Output) -> None:
    assert run("update", "survey-viewer", "--unattended") == 0
    assert world.computer.version("survey-viewer-ses") == "10.2.0.7"

    assert run("go-back", "survey-viewer") == 3
    assert "no earlier package of it is kept" in capsys.readouterr().err
    assert world.computer.version("survey-viewer-ses") == "10.2.0.7"

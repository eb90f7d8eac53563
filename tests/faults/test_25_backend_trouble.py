# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Center is slow, down or answers nonsense.

Shows the list of last time with its date at once, waits for nobody for long, asks again later and later, each
client at a time of its own; an answer without sense or content deletes nothing.
"""

import time
from pathlib import Path

import pytest

from connection_client.backend import http
from connection_client.backend.tuf_fetchers import HttpFetcher
from connection_client.domain.errors import CenterAnswersNonsense, CenterUnreachable, ClientError
from connection_client.storage.settings import SettingsFile
from tests.faults.conftest import shown
from tests.faults.desks import looks_of, publisher
from tests.world.catalogues import only, product_json, release_json
from tests.world.delivery import Delivery
from tests.world.faulty_server import Answer, Exchange
from tests.world.session import home_environment


def nonsense(exchange: Exchange) -> None:
    exchange.send(200, b"<h1>It works!</h1>")


def nothing(exchange: Exchange) -> None:
    exchange.send(200, b"")


def out_of_order(exchange: Exchange) -> None:
    exchange.send(503, b"")


@pytest.mark.parametrize("answer", [nonsense, nothing, out_of_order])
def test_the_list_of_last_time_stays(updatable: Delivery, answer: Answer) -> None:
    updatable.workspace().refresh()
    for path in ("timestamp.json", "2.root.json"):
        updatable.server.answers[f"/tuf/metadata/{path}"] = answer
    workspace = updatable.workspace()
    before = time.monotonic()
    view = workspace.open()
    assert time.monotonic() - before < 1
    assert only(view.rows).recommendation.release.version_text == "10.2.0.7"
    assert view.confirmed_at is not None
    later = workspace.refresh()
    assert isinstance(later.problem, ClientError)
    assert shown(later) == shown(view)
    assert later.confirmed_at == view.confirmed_at


def silent(exchange: Exchange) -> None:
    exchange.say_nothing()


def trickling(exchange: Exchange) -> None:
    exchange.trickle(b"{" + b" " * 10_000)


@pytest.mark.parametrize("answer", [silent, trickling])
def test_nobody_waits_for_a_slow_center(
    updatable: Delivery, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    updatable.workspace().refresh()
    updatable.client.timeout = 1.0  # between two bytes; what people have is looked at below
    monkeypatch.setattr(HttpFetcher.__init__, "__defaults__", (1.0,))  # for one whole file
    for path in ("timestamp.json", "2.root.json"):
        updatable.server.answers[f"/tuf/metadata/{path}"] = answer
    workspace = updatable.workspace()
    before = time.monotonic()
    view = workspace.open()
    assert time.monotonic() - before < 1
    later = workspace.refresh()
    assert time.monotonic() - before < 10
    assert isinstance(later.problem, ClientError)
    assert (shown(later), later.confirmed_at) == (shown(view), view.confirmed_at)


def test_a_small_answer_that_trickles_is_given_up(
    updatable: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "ANSWER_SECONDS", 1.0)
    updatable.server.answers["/api/v1/me"] = trickling
    before = time.monotonic()
    with pytest.raises(CenterUnreachable) as caught:
        http.ask(updatable.client, "GET", f"{updatable.server.address}/api/v1/me")
    assert caught.value.facts["reason"] == "no answer in time"
    assert time.monotonic() - before < 5


def test_the_limits_that_people_have_are_short(tmp_path: Path) -> None:
    with http.open_client(SettingsFile(tmp_path, tmp_path / "policy.json")) as client:
        assert (client.timeout.connect, client.timeout.read, http.ANSWER_SECONDS) == (8, 20, 60)


def test_it_is_asked_again_later_and_later_and_by_each_client_at_its_own_time(tmp_path: Path) -> None:
    """Three clients with all their rooms, at a Center that answers 503; their minute is 20 milliseconds."""
    with publisher(tmp_path / "publisher", product_json("survey-viewer", release_json("1.0"))) as published:
        published.server.mounts = {}
        published.server.answers["/tuf/metadata/2.root.json"] = out_of_order
        published.server.answers["/tuf/metadata/timestamp.json"] = out_of_order
        waits = []
        for client in range(3):
            environment = home_environment(tmp_path / f"home-{client}")
            published.preset(Path(environment["XDG_CONFIG_HOME"]) / "connection-client")
            looks = list(looks_of(environment, minute_ms=20, looks=7))
            assert {look["problem"] for look in looks} == {CenterAnswersNonsense.__name__}
            waits.append([look["minutes"] for look in looks])
        assert len(published.server.requests("/tuf/metadata/2.root.json")) >= 3 * 7
    for place, minutes in enumerate((1, 2, 4, 8, 16, 32, 32)):
        each = [client[place] for client in waits]
        assert all(minutes * 0.75 <= one <= minutes * 1.25 for one in each), (minutes, each)
        assert len(set(each)) > 1 or minutes < 4  # a short wait is a whole number of few milliseconds

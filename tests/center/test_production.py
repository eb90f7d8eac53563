# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Center as an operator runs it: PostgreSQL, workers of gunicorn, a shared cache; backup and restore."""

import base64
import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.center.accounts import OpenIdClient
from tests.center.production import WORKERS, ProductionCenter
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center
from tests.world.postgresql import Postgresql, of_address, running_postgresql
from tests.world.visitor import Visitor, heading
from tests.world.waiting import wait_until


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Postgresql]:
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory, postgresql: Postgresql) -> Iterator[Center]:
    running = ProductionCenter(tmp_path_factory.mktemp("production"), postgresql.create())
    running.start()
    try:
        yield running
    finally:
        running.stop()


def test_codes_and_tokens_hold_whichever_worker_is_asked(center: Center) -> None:
    """A code waits in the shared cache: with a cache per worker every second one would be lost."""
    with Visitor(center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        for _round in range(6):
            client = OpenIdClient(ana)
            tokens = client.sign_in()
            assert client.renew(tokens.answer["refresh_token"]).status_code == 200


def test_two_workers_trade_one_refresh_token_once(center: Center) -> None:
    with Visitor(center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        client = OpenIdClient(ana)
        token = client.sign_in().answer["refresh_token"]
        with ThreadPoolExecutor(4) as at_once:
            answers = list(at_once.map(lambda _number: client.renew(token).status_code, range(4)))
    assert sorted(answers) == [200, 400, 400, 400]


def test_worker_that_is_killed_loses_nothing_acknowledged(center: ProductionCenter) -> None:
    """People are added while workers are killed; who was told that a user is there finds the user there."""
    with Visitor(center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        acknowledged = []
        for number in range(12):
            email = f"kept{number}@lima-survey.example"
            if number % 4 == 1:
                center.workers[0].send_signal(signal.SIGKILL)
            try:
                page = ana.send("users/add/", {"name": "Kept", "email": email, "country": "PT"})
            except httpx.TransportError:  # the worker took the request along: nothing was promised
                continue
            if page.url.path == "/users/":
                acknowledged.append(email)
        assert len(acknowledged) >= 8
        for email in acknowledged:
            assert email in ana.http.get("users/", params={"q": email}).text
    wait_until(lambda: len(center.workers) == WORKERS, 20, "no new worker")
    assert "Traceback" not in center.log.read_text()


def test_a_licence_that_is_withdrawn_elsewhere_is_noticed_by_every_worker(center: ProductionCenter) -> None:
    """Answers are kept, but what they depend on is asked at each call."""
    with Visitor(center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        bearer = OpenIdClient(ana).sign_in().bearer
    make = (
        "from connect_center.delivery.models import Product; Product.objects.create(code='survey', name='S')"
    )
    center.manage("shell", "-v", "0", "-c", make)
    for change in ("grant", "withdraw", "grant"):
        center.manage("licence", change, "Lima Survey", "survey")
        bodies = {_asked(center, bearer).content for _round in range(12)}  # of both workers
        for body in bodies:
            tokens = {one["product"]: one["token"] for one in json.loads(body)["entitlements"]}
            claims = tokens["survey"].split(".")[1]
            entitled = json.loads(base64.urlsafe_b64decode(claims + "=="))["entitled"]
            assert entitled is (change == "grant")


def test_a_database_that_was_started_again_is_no_server_error(center: ProductionCenter) -> None:
    with Visitor(center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        bearer = OpenIdClient(ana).sign_in().bearer
    for _round in range(12):
        assert _asked(center, bearer).status_code == 200
    end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    ended = (
        f"from django.db import connection as c; k = c.cursor(); k.execute({end!r}); print(k.fetchone()[0])"
    )
    assert int(center.manage("shell", "-v", "0", "-c", ended)) > 0
    assert {_asked(center, bearer).status_code for _round in range(12)} == {200}


def _asked(center: Center, bearer: dict[str, str]) -> httpx.Response:
    """By a connection of its own, so that either worker may answer."""
    return httpx.get(f"{center.address}api/v1/entitlements", headers=bearer, trust_env=False)


def test_metrics_count_over_all_workers(center: Center) -> None:
    def counted() -> float:
        text = httpx.get(f"{center.address}metrics", trust_env=False).text
        label = re.escape('{method="GET",status="200",view="terms"}')
        return sum(float(value) for value in re.findall(rf"center_requests_total{label} (\S+)", text))

    before = counted()
    with Visitor(center) as visitor:
        for _ in range(10):
            visitor.open("terms/")
    assert counted() == before + 10
    hidden = httpx.get(f"{center.address}metrics", headers={"X-Forwarded-For": "192.0.2.1"}, trust_env=False)
    assert hidden.status_code == 404


def test_health_answers_under_any_name_and_tells_what_is_missing(center: Center, tmp_path: Path) -> None:
    for path in ("health/live", "health/ready"):
        answer = httpx.get(f"{center.address}{path}", headers={"Host": "10.0.0.7"}, trust_env=False)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    empty = Center(tmp_path / "empty")
    ask = "from django.test import Client; a = Client().get('/health/ready'); print(a.status_code, a.json())"
    assert "503" in empty.manage("shell", "-v", "0", "-c", ask)
    assert "migrations" in empty.manage("shell", "-v", "0", "-c", ask)


def test_backup_is_restored_into_another_center(center: ProductionCenter, tmp_path: Path) -> None:
    """As docs/operating-center.md says it: the database by pg_dump, the state folder by tar."""
    with Visitor(center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        tokens = OpenIdClient(ana).sign_in().answer
        keys = ana.open(".well-known/jwks.json").json()
    address = center._database["CENTER_DATABASE_URL"]
    server, name = of_address(address), address.partition("@/")[2].partition("?")[0]
    (tmp_path / "center.dump").write_bytes(server.run(["pg_dump", "--format=custom", name]))
    subprocess.run(["tar", "-cf", tmp_path / "state.tar", "-C", center.state, "."], check=True)

    state = tmp_path / "restored"
    state.mkdir(mode=0o700)
    subprocess.run(["tar", "-xf", tmp_path / "state.tar", "-C", state], check=True)
    database = server.create()
    os.chmod(tmp_path / "center.dump", 0o644)  # noqa: PTH101  # beside the line that reads it
    name = database.partition("@/")[2].partition("?")[0]
    server.run(["pg_restore", "--no-owner", "--dbname", name, str(tmp_path / "center.dump")])
    restored = ProductionCenter(state, database)
    restored.start()
    try:
        with Visitor(restored) as ana:
            page = ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
            assert heading(page) == "Which kind of user am I?"
            assert ana.open(".well-known/jwks.json").json() == keys
            again = OpenIdClient(ana).renew(tokens["refresh_token"])
            assert again.status_code == 200
    finally:
        restored.stop()

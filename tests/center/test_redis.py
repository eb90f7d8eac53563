# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Redis as the cache that workers share: counted and kept once for all; gone, nobody meets a server error."""

from collections.abc import Iterator

import httpx
import pytest

from tests.center.accounts import OpenIdClient
from tests.center.production import ProductionCenter
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD
from tests.world.postgresql import running_postgresql
from tests.world.redis import Redis, running_redis
from tests.world.visitor import Visitor
from tests.world.waiting import wait_until

POLICY = "api/v1/policy"
TRIES = 5  # of the settings


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    with running_redis() as server:
        yield server


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory, redis: Redis) -> Iterator[ProductionCenter]:
    with running_postgresql() as postgresql:
        state = tmp_path_factory.mktemp("redis")
        running = ProductionCenter(state, postgresql.create(), CENTER_CACHE_URL=redis.address)
        running.start()
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture
def bearer(center: ProductionCenter, redis: Redis) -> dict[str, str]:
    assert redis.run("PING") == "PONG"
    with Visitor(center) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        return OpenIdClient(ana).sign_in().bearer


def statuses(center: ProductionCenter, path: str, headers: dict[str, str]) -> set[int]:
    """Of many calls over connections of their own, so that both workers answer."""
    address = f"{center.address}{path}"
    return {httpx.get(address, headers=headers, trust_env=False).status_code for _round in range(12)}


def tries(center: ProductionCenter, email: str, count: int) -> list[bool]:
    """Whether each of so many wrong passwords, from computers of their own, met the shut door."""
    found = []
    for _round in range(count):
        with Visitor(center) as guest:
            page = guest.sign_in(email, "Wrong-password-1")
            assert page.status_code == 200, page.text
            found.append("too many tries" in page.text)
    return found


def test_tries_are_counted_over_all_workers(center: ProductionCenter) -> None:
    """Each worker for itself would shut the door after five to ten tries."""
    for round_ in range(3):
        email = f"guessed{round_}@lima-survey.example"
        assert tries(center, email, TRIES + 1) == [False] * TRIES + [True]


def test_an_answer_is_made_once_for_all_workers(
    center: ProductionCenter, redis: Redis, bearer: dict[str, str]
) -> None:
    redis.run("FLUSHDB")
    assert statuses(center, POLICY, bearer) == {200}
    assert len(redis.run("--raw", "KEYS", "answers:*").split()) == 1
    assert "hits" in redis.run("INFO", "stats")
    hits = next(line for line in redis.run("INFO", "stats").splitlines() if line.startswith("keyspace_hits"))
    assert int(hits.partition(":")[2]) >= 10


def test_without_redis_nobody_meets_a_server_error(
    center: ProductionCenter, redis: Redis, bearer: dict[str, str]
) -> None:
    center.log.write_bytes(b"")
    redis.stop()
    try:
        assert statuses(center, POLICY, bearer) == {200}
        assert statuses(center, "api/v1/entitlements", bearer) == {200}
        assert statuses(center, "api/v1/me", {}) == {401}
        ready = httpx.get(f"{center.address}health/ready", trust_env=False)
        assert (ready.status_code, ready.json()) == (200, {"status": "degraded", "missing": ["cache"]})
        shut = tries(center, "alone@lima-survey.example", 2 * TRIES + 1)
        assert shut[:TRIES] == [False] * TRIES
        assert any(shut[TRIES:])  # each of the two workers counts for itself now, and one met six
        with Visitor(center) as ana:
            page = ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
            assert "Sign out" in page.text
    finally:
        redis.start()
    written = center.log.read_text()
    assert "Redis does not answer, this process goes on alone" in written
    assert "Traceback" not in written

    def together_again() -> bool:
        answers = {httpx.get(f"{center.address}health/ready", trust_env=False).text for _round in range(6)}
        return answers == {'{"status": "ok"}'}

    wait_until(together_again, 20, "the workers do not come back to Redis")
    assert statuses(center, POLICY, bearer) == {200}
    assert redis.run("--raw", "KEYS", "answers:*")

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The organisation's policy over real HTTP: taken, kept without network, and refused where it is none."""

import json
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import httpx
import pytest

from connection_client.backend.http import Client, open_client
from connection_client.backend.update_policy import CenterPolicy
from connection_client.domain.errors import CenterAnswersNonsense, CenterUnreachable, NotSignedIn
from connection_client.storage.files import write_atomically
from connection_client.storage.settings import SettingsFile
from connection_client.updates.policy import Rule, UpdatePolicy, Window
from tests.world.faulty_server import FaultyServer, faulty_server

WHOLE = {
    "rules": [
        {
            "product": "survey-viewer",
            "channels": ["stable", "beta"],
            "minimum_age_days": 3,
            "rings": {"pilot": 0, "broad": 7},
            "window": {"days": [4, 5], "begins": "22:00", "ends": "05:30"},
            "deadline_days": 14,
            "later": "fields of a newer Center are left alone",
        },
        {"on_hold": True},
    ]
}


class World:
    def __init__(self, folder: Path, server: FaultyServer, client: Client) -> None:
        self.server = server
        file = folder / "policy.json"
        self.source = CenterPolicy(
            client,
            lambda: server.address,
            lambda: "token",
            lambda: "broad",
            file.read_bytes,
            lambda content: write_atomically(file, content),
        )

    def says(self, content: object, status: int = 200) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        kind = {"Content-Type": "application/json"}
        self.server.answers["/api/v1/policy"] = lambda exchange: exchange.send(status, body, kind)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with faulty_server() as server, open_client(SettingsFile(tmp_path)) as client:
        yield World(tmp_path, server, client)


def test_a_policy_is_taken_and_kept(world: World) -> None:
    assert world.source.current() == UpdatePolicy(ring="broad")
    world.says(WHOLE)

    world.source.refresh()
    world.server.answers["/api/v1/policy"] = lambda exchange: exchange.hang_up()

    policy = world.source.current()
    assert policy.rule_of("survey-viewer") == Rule(
        "survey-viewer",
        frozenset({"stable", "beta"}),
        3,
        {"pilot": 0, "broad": 7},
        Window(time(22), time(5, 30), frozenset({4, 5})),
        14,
    )
    assert policy.rule_of("other").on_hold
    with pytest.raises(CenterUnreachable):
        world.source.refresh()
    assert world.source.current() == policy


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"<html>",
        {"rules": [{"minimum_age_days": -1}]},
        {"rules": [{"window": {"begins": "25:00", "ends": "05:00"}}]},
        b'{"rules":' + b"[" * 20_000,
    ],
)
def test_what_is_no_policy_leaves_the_last_one(world: World, content: object) -> None:
    world.says(WHOLE)
    world.source.refresh()
    before = world.source.current()
    world.says(content)

    with pytest.raises(CenterAnswersNonsense):
        world.source.refresh()

    assert world.source.current() == before


def test_a_center_without_policies_has_no_rules(world: World) -> None:
    world.says(WHOLE)
    world.source.refresh()
    world.says(b"", httpx.codes.NOT_FOUND)

    world.source.refresh()

    assert world.source.current().rules == ()


def test_a_refused_token_asks_for_a_sign_in(world: World) -> None:
    world.says(b"", httpx.codes.UNAUTHORIZED)

    with pytest.raises(NotSignedIn):
        world.source.refresh()

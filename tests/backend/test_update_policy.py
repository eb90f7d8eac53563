# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The organisation's policy over real HTTP: taken, kept without network, and refused where it is none."""

import json
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import httpx
import pytest
from joserfc.jwk import OKPKey

from connection_client.backend.http import open_client
from connection_client.domain.errors import (
    CenterAnswersNonsense,
    CenterUnreachable,
    NotSignedIn,
    PolicyNotGenuine,
)
from connection_client.storage.settings import SettingsFile
from connection_client.updates.policy import Rule, UpdatePolicy, Window
from tests.backend.policy_world import DAY, POLICY, World
from tests.world.faulty_server import faulty_server

WHOLE = [
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


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with faulty_server() as server, open_client(SettingsFile(tmp_path)) as client:
        yield World(tmp_path, server, client)


def test_a_policy_is_taken_and_kept(world: World) -> None:
    assert world.source.current() == UpdatePolicy(ring="broad")
    world.decides(WHOLE)

    world.source.refresh()
    world.server.answers[POLICY] = lambda exchange: exchange.hang_up()

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
        {"rules": [{"on_hold": True}]},
        {"token": "a.b.c"},
        {"token": 7},
        b'{"token":' + b"[" * 20_000,
    ],
)
def test_what_is_no_policy_leaves_the_last_one(world: World, content: object) -> None:
    world.decides(WHOLE)
    world.source.refresh()
    before = world.source.current()
    world.says(content)

    with pytest.raises(CenterAnswersNonsense):
        world.source.refresh()

    assert world.source.current() == before


def test_a_center_without_policies_has_no_rules(world: World) -> None:
    world.decides(WHOLE)
    world.source.refresh()
    world.says(b"", httpx.codes.NOT_FOUND)

    world.source.refresh()

    assert world.source.current().rules == ()


def test_a_refused_token_asks_for_a_sign_in(world: World) -> None:
    world.says(b"", httpx.codes.UNAUTHORIZED)

    with pytest.raises(NotSignedIn):
        world.source.refresh()


@pytest.mark.parametrize(
    "rules",
    [[{"minimum_age_days": -1}], [{"window": {"begins": "25:00", "ends": "05:00"}}], "all", None],
)
def test_what_makes_no_sense_is_no_policy_although_it_is_signed(world: World, rules: object) -> None:
    world.decides(rules)

    with pytest.raises(CenterAnswersNonsense):
        world.source.refresh()


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another-client"},
        {"iss": "https://elsewhere.example"},
        {"use": "entitlement"},
        {"use": None},
    ],
)
def test_what_was_signed_for_something_else_is_refused(world: World, changes: dict[str, object]) -> None:
    world.changes = changes
    world.decides(WHOLE)

    with pytest.raises(CenterAnswersNonsense):
        world.source.refresh()


def test_a_forged_file_is_not_followed_and_the_next_look_mends_it(world: World) -> None:
    world.decides(WHOLE)
    world.source.refresh()
    whole = world.source.current()
    kept = json.loads(world.file.read_bytes())
    own, world.key = world.key, OKPKey.generate_key("Ed25519", auto_kid=True)
    strange, world.key = world.token([]), own
    head, body, signature = kept["token"].split(".")
    forged = [
        b"",
        b'{"rules": []}',
        b"[" * 20_000,
        kept | {"token": f"{head}.{body}.{signature[:-6]}AAAAAA"},
        kept | {"token": strange},
        kept | {"token": f"{head}.{world.token([]).split('.')[1]}.{signature}"},
        kept | {"keys": {}},
        kept | {"keys": {"keys": "none"}},
    ]
    for content in forged:
        world.file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())

        assert world.source.current() == UpdatePolicy(ring="broad")
        with pytest.raises(PolicyNotGenuine):
            world.source.decided()
        world.source.refresh()  # it asks for all of it, although the Center knows no change
        assert world.source.current() == whole


def test_an_unchanged_policy_is_not_sent_again(world: World) -> None:
    world.decides(WHOLE)
    world.source.refresh()
    before, told = world.file.read_bytes(), len(world.asked)

    world.source.refresh()

    assert world.asked[told:] == [POLICY]
    assert world.file.read_bytes() == before
    world.decides([], etag='"2"')
    world.source.refresh()
    assert world.source.current().rules == ()


def test_a_changed_key_of_the_center_is_asked_for(world: World) -> None:
    world.decides(WHOLE)
    world.source.refresh()
    world.key = OKPKey.generate_key("Ed25519", auto_kid=True)
    world.decides([{"on_hold": True}], etag='"2"')

    world.source.refresh()

    assert world.source.current().rule_of("any").on_hold


def test_an_old_decision_still_holds(world: World) -> None:
    world.changes = {"iat": 1_700_000_000, "exp": 1_700_000_000 + 30 * DAY}
    world.decides(WHOLE)

    world.source.refresh()

    assert world.source.current().rule_of("any").on_hold
    decided = world.source.decided()
    assert decided is not None
    assert (decided.organisation, decided.since.year) == ("Lima Survey", 2023)

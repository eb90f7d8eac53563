# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Kept answers: nothing is built while nothing changed; nobody gets another's, or one behind its end."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.idp.oidc.models import Token
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from connect_center.accounts.devices import sign_out
from connect_center.accounts.models import User
from connect_center.delivery.models import Package
from connect_center.kept.asking import part_of_the_day
from connect_center.kept.models import Stamp
from connect_center.organisations import members
from connect_center.organisations.models import Role
from connect_center.policy.models import UpdatePolicy
from tests.center.kept_world import ALL, ENTITLEMENTS, ME, POLICY, World, fresh_world
from tests.world.members import bearer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path: Path, settings: Settings) -> World:
    return fresh_world(tmp_path, settings)


@contextmanager
def statements(most: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as asked:
        yield
    assert len(asked) <= most, [one["sql"] for one in asked]


@pytest.mark.parametrize("path", ALL)
def test_what_did_not_change_costs_one_statement_and_no_signature(
    world: World, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = world.ask(path)
    assert first.status_code == 200
    monkeypatch.setattr("connect_center.signing.jwt.encode", None)  # nobody signs any more
    with statements(1):
        assert world.again(path) == 304
    with statements(1):
        second = world.ask(path)
    assert (second.content, second["ETag"], second["Content-Type"]) == (
        first.content,
        first["ETag"],
        first["Content-Type"],
    )
    assert second["Cache-Control"] == first["Cache-Control"] == "private, no-cache"


def test_a_bound_answer_is_asked_for_with_the_computers_name(world: World) -> None:
    world.ask(ENTITLEMENTS)
    call_command("licence", "device", world.lima.name, "bound")
    assert world.again(ENTITLEMENTS) == 422
    first, second = (world.ask(f"{ENTITLEMENTS}?device={name}").content for name in ("d1", "d2"))
    assert first != second


def test_a_seat_that_becomes_free_is_noticed(world: World) -> None:
    call_command("licence", "grant", world.lima.name, world.product.code, "--seats", "2")
    taken = world.ask(ENTITLEMENTS).content
    members.suspend(world.ana.user, world.first)
    assert world.again(ENTITLEMENTS) == 200
    assert world.ask(ENTITLEMENTS).content != taken


@pytest.mark.parametrize("path", ALL)
def test_a_suspended_account_and_an_ended_token_are_refused_at_once(world: World, path: str) -> None:
    world.ask(path)
    User.objects.filter(pk=world.bo.user.pk).update(is_active=False)
    assert world.again(path) == 401
    User.objects.filter(pk=world.bo.user.pk).update(is_active=True)
    assert world.again(path) == 304
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert world.again(path) == 401


@pytest.mark.parametrize("path", ALL)
def test_a_device_that_was_signed_out_is_refused_at_once(world: World, path: str) -> None:
    Token.objects.update(data={"family": "f1", "device": "ws-1"})
    world.ask(path)
    assert sign_out(world.bo.user, "f1")
    assert world.again(path) == 401


def test_a_computer_that_says_its_name_is_noted(world: World) -> None:
    Token.objects.update(data={"family": "f1"})
    world.ask(ME)
    assert world.ask(ME, **{"Device-Name": "ws-7"}).status_code == 200
    assert Token.objects.get().data["device"] == "ws-7"
    with statements(1):
        world.ask(ME, **{"Device-Name": "ws-7"})


def test_nobody_gets_the_answer_of_another(world: World) -> None:
    mine = world.ask(ME)
    other = Client().get(ME, headers=bearer(world.first.user) | {"If-None-Match": mine["ETag"]})
    assert other.status_code == 200
    assert other.json()["name"] == "Al Abel"
    assert Client().get(ME, headers={"If-None-Match": mine["ETag"]}).status_code == 401
    wrong = {"Authorization": f"Bearer {secrets.token_urlsafe(24)}", "If-None-Match": mine["ETag"]}
    assert Client().get(ME, headers=wrong).status_code == 401


def test_other_members_keep_their_answers_when_one_gets_a_role(world: World) -> None:
    world.ask(ME)
    members.grant(world.ana.user, world.first, Role.DOWNLOAD)
    assert world.again(ME) == 304


def test_an_unchanged_catalogue_that_is_mirrored_again_changes_nothing(world: World) -> None:
    world.publish_freely()
    before = Stamp.objects.get(kind=Stamp.Kind.EVERYBODY).value
    Package.objects.update_or_create(path="s/1", defaults={"length": 1, "public": True})
    assert Stamp.objects.get(kind=Stamp.Kind.EVERYBODY).value == before
    Package.objects.update_or_create(path="s/1", defaults={"public": False})
    assert Stamp.objects.get(kind=Stamp.Kind.EVERYBODY).value != before


def test_an_answer_is_made_anew_four_times_a_day_and_when_a_day_begins() -> None:
    day = datetime(2026, 11, 24, tzinfo=UTC)
    parts = {part_of_the_day(day + timedelta(minutes=minutes)) for minutes in range(24 * 60)}
    assert len(parts) == 4
    assert part_of_the_day(day - timedelta(seconds=1)) not in parts


def test_a_change_that_is_taken_back_leaves_the_stamps(world: World) -> None:
    world.ask(POLICY)

    class Interrupted(Exception):
        """Ends a transaction."""

    def begin() -> None:
        with transaction.atomic():
            UpdatePolicy.objects.create(organisation=world.lima, allows=False)
            raise Interrupted

    with pytest.raises(Interrupted):
        begin()
    assert world.again(POLICY) == 304

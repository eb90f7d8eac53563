# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Kept answers: nothing is built while nothing changed; each kind of change is noticed at the next call."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.idp.oidc.models import Token
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from connect_center.accounts.devices import sign_out
from connect_center.accounts.models import User
from connect_center.delivery.models import Package, Product
from connect_center.entitlements.models import Licence
from connect_center.kept.asking import part_of_the_day
from connect_center.kept.models import Stamp
from connect_center.organisations import members
from connect_center.organisations.models import Membership, Organisation, Role
from connect_center.policy.models import ProductPolicy, UpdatePolicy
from tests.world.members import bearer, member, organisation

pytestmark = pytest.mark.django_db
ENTITLEMENTS, POLICY, ME = "/api/v1/entitlements", "/api/v1/policy", "/api/v1/me"
ALL = (ENTITLEMENTS, POLICY, ME)


class World:
    """An organisation with a licence, an administrator, an earlier member, and Bo, who asks."""

    def __init__(self) -> None:
        self.lima = organisation()
        self.ana = self.lima.memberships.get(is_administrator=True)
        self.first = member(self.lima, "Al Abel")
        self.bo = member(self.lima, "Bo Berg")
        self.product = Product.objects.create(code="survey-viewer", name="Survey Viewer SES")
        self.unlicensed = Product.objects.create(code="mesh-viewer", name="Mesh Viewer SES")
        Licence.objects.create(organisation=self.lima, product=self.product, starts=date(2026, 1, 1))
        self.bearer = bearer(self.bo.user)
        self.etags: dict[str, str] = {}

    def ask(self, path: str, **headers: str) -> Any:
        answer = Client().get(path, headers=self.bearer | headers)
        self.etags[path] = answer.headers.get("ETag", "")
        return answer

    def again(self, path: str) -> int:
        """The status of the same question with what was answered before."""
        answer = Client().get(path, headers=self.bearer | {"If-None-Match": self.etags[path]})
        if answer.status_code == 200:
            self.etags[path] = answer["ETag"]
        return answer.status_code


@pytest.fixture
def world(tmp_path: Path, settings: Settings) -> World:
    settings.CENTER_STATE = tmp_path
    caches["answers"].clear()
    return World()


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


def _withdraw_licence(world: World) -> None:
    call_command("licence", "withdraw", world.lima.name, world.product.code)


def _offline(world: World) -> None:
    call_command("licence", "offline", world.lima.name, "3")


def _bound(world: World) -> None:
    call_command("licence", "device", world.lima.name, "bound")


def _suspend_organisation(world: World) -> None:
    Organisation.objects.filter(pk=world.lima.pk).update(suspended=True)  # even past every signal


def _suspend_member(world: World) -> None:
    members.suspend(world.ana.user, world.bo)


def _suspend_member_by_hand(world: World) -> None:
    Membership.objects.filter(pk=world.bo.pk).update(state=Membership.State.SUSPENDED)


def _remove_member(world: World) -> None:
    members.remove(world.ana.user, world.bo)


def _move_person(world: World) -> None:
    world.bo.user.country = "NO"
    world.bo.user.save()


def _publish_freely(world: World) -> None:
    release = world.unlicensed.releases.create(
        version="1", channel="stable", date=date(2026, 1, 1), severity="optional"
    )
    Package.objects.create(
        release=release, path="s/1", filename="s.deb", os="linux", architecture="x64", length=1,
        sha256="a" * 64, public=True,
    )  # fmt: skip


def _new_product(_world: World) -> None:
    Product.objects.create(code="chess", name="Chess SES")


def _policy(world: World) -> None:
    UpdatePolicy.objects.create(organisation=world.lima, allows=False)


def _product_policy(world: World) -> None:
    ProductPolicy.objects.create(organisation=world.lima, product=world.product, allows=False)


def _grant(world: World) -> None:
    members.grant(world.ana.user, world.bo, Role.DOWNLOAD)


def _another_administrator(world: World) -> None:
    members.set_administrator(world.ana.user, world.first, administrator=True)


def _administrator_renamed(world: World) -> None:
    world.ana.user.name = "Ana Another"
    world.ana.user.save()


def _organisation_renamed(world: World) -> None:
    world.lima.name = "Lima Surveys"
    world.lima.save()


def _new_key(world: World) -> None:
    call_command("keys", "rotate", "entitlements", "--begin-after-hours", "0")


CHANGES: list[tuple[Callable[[World], None], str]] = [
    (_withdraw_licence, ENTITLEMENTS),
    (_offline, ENTITLEMENTS),
    (_suspend_organisation, ENTITLEMENTS),
    (_suspend_organisation, POLICY),
    (_suspend_member, ENTITLEMENTS),
    (_suspend_member, POLICY),
    (_suspend_member, ME),
    (_suspend_member_by_hand, ENTITLEMENTS),
    (_remove_member, ENTITLEMENTS),
    (_remove_member, POLICY),
    (_remove_member, ME),
    (_publish_freely, ENTITLEMENTS),
    (_new_product, ENTITLEMENTS),
    (_policy, POLICY),
    (_product_policy, POLICY),
    (_grant, ME),
    (_move_person, ME),
    (_another_administrator, ME),
    (_administrator_renamed, ME),
    (_organisation_renamed, POLICY),
    (_new_key, ENTITLEMENTS),
    (_new_key, POLICY),
]


@pytest.mark.parametrize(
    ("change", "path"), CHANGES, ids=[f"{change.__name__[1:]}-{path[8:]}" for change, path in CHANGES]
)
def test_every_change_is_noticed_at_the_next_call(
    world: World, change: Callable[[World], None], path: str
) -> None:
    before = world.ask(path)
    change(world)
    assert world.again(path) == 200
    assert world.ask(path).content != before.content
    assert world.again(path) == 304


def test_a_bound_answer_is_asked_for_with_the_computers_name(world: World) -> None:
    world.ask(ENTITLEMENTS)
    _bound(world)
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
    _publish_freely(world)
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

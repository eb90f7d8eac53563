# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every kind of change that an answer depends on is noticed at the next call."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from connect_center.delivery.models import Product
from connect_center.organisations import members
from connect_center.organisations.models import Membership, Organisation, Role
from connect_center.policy.models import ProductPolicy, UpdatePolicy
from tests.center.kept_world import ENTITLEMENTS, ME, POLICY, World, fresh_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path: Path, settings: Settings) -> World:
    return fresh_world(tmp_path, settings)


def _withdraw_licence(world: World) -> None:
    call_command("licence", "withdraw", world.lima.name, world.product.code)


def _offline(world: World) -> None:
    call_command("licence", "offline", world.lima.name, "3")


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
    world.publish_freely()


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

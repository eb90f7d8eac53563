# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every address that the Center knows is tried with every object of another organisation.

The addresses come from the resolver: a new door is tried from its first day, and one with a parameter that
is not known here makes the test fail until somebody says what lies behind it.
"""

import itertools
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.idp.oidc.models import Token
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from connect_center.accounts.models import User
from connect_center.delivery.models import Product
from connect_center.entitlements.models import Licence
from connect_center.organisations.invited import invite
from connect_center.organisations.models import (
    Import,
    Invitation,
    Membership,
    Organisation,
    Role,
    RoleRequest,
)
from connect_center.organisations.views.decisions import DECISIONS
from connect_center.support.models import ServiceRequest
from tests.world.members import bearer, member, organisation

pytestmark = pytest.mark.django_db
SECRET = "Kestrel"  # the other organisation's name, and a part of all its addresses
DEVICE = "f" * 32
OURS = ("accounts", "organisations", "entitlements", "policy", "support")
# What allauth keeps for the reader alone, what is public, and where the parameter is no object of anybody.
NO_OBJECTS = re.compile(
    r"^/(?:_allauth/|static/|accounts/(?:confirm-email|password|oidc)/|tuf/|delivery/files/|mail/|community/)"
)


def _doors() -> Iterator[tuple[str, list[str]]]:
    """Each route of the resolver as a pattern with `{name}` in place of parameters."""
    yield from _below(get_resolver().url_patterns, "/")


def _below(patterns: list[Any], so_far: str) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        route = so_far + re.sub(r"^\^|\$$|\\Z$", "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, route)
        else:
            assert isinstance(pattern, URLPattern)
            path = re.sub(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"{\1\2}", route)
            yield path, re.findall(r"{(\w+)}", path)


@pytest.fixture
def other() -> Organisation:
    """An organisation with something behind every door."""
    made = organisation(f"{SECRET} Maps")
    person = member(made, f"{SECRET} Person", role=True)
    waiting = member(made, f"{SECRET} Waiting")
    Membership.objects.filter(pk=waiting.pk).update(state=Membership.State.WAITING)
    RoleRequest.objects.create(membership=person, role=Role.DOWNLOAD)
    invite(made.memberships.get(is_administrator=True).user, [person])
    product = Product.objects.create(code="kestrel-viewer", name="Viewer")
    Licence.objects.create(organisation=made, product=product, starts="2026-01-01")
    Token.objects.create(
        type=Token.Type.REFRESH_TOKEN,
        user=person.user,
        hash="of a device",
        client_id="connection-client",
        data={"family": DEVICE},
    )
    ana = made.memberships.get(is_administrator=True).user
    now = timezone.now()
    Import.objects.create(organisation=made, by=ana, total=1, done=1, finished_at=now, refused=[SECRET])
    ServiceRequest.objects.create(user=person.user, subject=f"{SECRET} crashes", text=f"{SECRET} text")
    return made


@pytest.fixture
def values(other: Organisation) -> dict[str, list[Any]]:
    """What an intruder puts into each parameter."""
    people = [one.user for one in other.memberships.select_related("user")]
    requests = [*RoleRequest.objects.all(), *ServiceRequest.objects.all(), *other.memberships.all(), *people]
    return {
        "subject": [person.subject for person in people],
        "number": sorted({one.pk for one in requests}),
        "decision": list(DECISIONS),
        "answer": ["approve", "decline"],
        "code": ["kestrel-viewer"],
        "audience": ["kestrel-viewer"],
        "device": [DEVICE],
        "link": [str(one.pk) for one in requests[:3]],  # without the signature of the mail
        "token": [one.pk.hex for one in Invitation.objects.all()],  # without the signature
        "begun": [one.pk for one in Import.objects.all()],
        "pk": [1],
        "key": ["x"],
    }


def _rows() -> dict[tuple[str, Any], dict[str, Any]]:
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return {(model.__name__, row["pk"]): row for model in models for row in _values(model)}


def _values(model: Any) -> list[dict[str, Any]]:
    return [{**row, "pk": row[model._meta.pk.attname]} for row in model.objects.values()]


def test_no_door_shows_or_changes_anything_of_another_organisation(
    other: Organisation, values: dict[str, list[Any]]
) -> None:
    own = organisation("Omar Works")
    omar = User.objects.get(membership__organisation=own)
    before = _rows()
    tried, shown = 0, []
    for path, names in _doors():
        if NO_OBJECTS.match(path):
            continue
        assert set(names) <= set(values), f"{path} is a new door: say here what lies behind it"
        for chosen in itertools.product(*(values[name] for name in names)):
            address = path.format(**dict(zip(names, chosen, strict=True)))
            for page in _tried(omar, address):
                tried += 1
                if SECRET in page.replace(address, ""):
                    shown.append(address)
    assert shown == []
    after = _rows()
    omars = {"User", "Membership", "AuditEntry"}  # which he may add to, in his own organisation
    assert {key: after.get(key) for key in before if key[0] not in omars} == {
        key: row for key, row in before.items() if key[0] not in omars
    }
    for key, row in before.items():
        if key[0] in omars and row["pk"] != omar.pk:
            assert _without_login(after.get(key)) == _without_login(row)
    entries = [row for key, row in before.items() if key[0] == "AuditEntry"]
    assert other.audit.count() == sum(row["organisation_id"] == other.pk for row in entries)
    assert Token.objects.filter(hash="of a device").exists()
    assert tried > 200


def _tried(omar: User, address: str) -> Iterator[str]:
    """The answers to reading and writing, by a browser's session and by a token."""
    for headers in ({}, bearer(omar)):
        browser = Client(headers={"host": "localhost", **headers}, raise_request_exception=False)
        browser.force_login(omar)
        form = {"role": Role.DOWNLOAD, "name": "x", "organisation": str(uuid.uuid4())}
        for answer in (browser.get(address), browser.post(address, form), browser.delete(address)):
            assert answer.status_code < 500, address
            yield answer.getvalue().decode(errors="replace")


def _without_login(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return row and {name: value for name, value in row.items() if name != "last_login"}


def test_the_same_doors_show_it_to_its_own_administrator(
    other: Organisation, values: dict[str, list[Any]]
) -> None:
    """Otherwise the test above would prove nothing."""
    ana = User.objects.get(email__startswith="ana@kestrel")
    browser = Client(headers={"host": "localhost"})
    browser.force_login(ana)
    assert SECRET in browser.get("/users/").content.decode()
    assert SECRET in browser.get(f"/users/{values['subject'][0]}/").content.decode()

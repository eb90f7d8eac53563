# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the client asks about the signed-in person, and where the Center's pages are."""

import uuid

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from connect_center.accounts.devices import note_name
from connect_center.accounts.models import User
from connect_center.api_auth import bearer
from connect_center.organisations.access import administrators_for, membership_of
from connect_center.organisations.models import Membership
from connect_center.problems import Problem

router = Router(tags=["organisations"])


class Person(Schema):
    name: str
    email: str


class Me(Schema):
    subject: str
    email: str
    name: str
    membership: str
    organisation: str
    country: str
    roles: list[str]
    administrators: list[Person]


class Member(Schema):
    subject: uuid.UUID
    name: str
    email: str
    state: str
    administrator: bool
    roles: list[str]

    @staticmethod
    def resolve_subject(one: Membership) -> uuid.UUID:
        return one.user.subject

    @staticmethod
    def resolve_name(one: Membership) -> str:
        return one.user.name

    @staticmethod
    def resolve_email(one: Membership) -> str:
        return one.user.email

    @staticmethod
    def resolve_administrator(one: Membership) -> bool:
        return one.is_administrator

    @staticmethod
    def resolve_roles(one: Membership) -> list[str]:
        return sorted(grant.role for grant in one.grants.all())


class Pages(LimitOffsetPagination):
    """Pages by `limit` and `offset`; `count` says how many there are."""

    class Input(LimitOffsetPagination.Input):
        limit: int = Field(100, ge=1, le=1000)
        offset: int = Field(0, ge=0, le=10_000_000)


@router.get("/members", response=list[Member], auth=bearer)
@paginate(Pages)
def members(request: HttpRequest) -> QuerySet[Membership]:
    """The people of the own organisation, for its Account Administrators; in the order of their addresses."""
    own = membership_of(request.auth)  # type: ignore[attr-defined]  # set by ninja
    if own is None or not own.is_active or not own.is_administrator:
        raise Problem(403, "This is for Account Administrators.")
    found = own.organisation.memberships.select_related("user").prefetch_related("grants")
    return found.order_by("user__email")


@router.get("/me", response=Me, auth=bearer)
def me(request: HttpRequest) -> Me:
    """The signed-in person: organisation, roles, and whom to ask."""
    user: User = request.auth  # type: ignore[attr-defined]  # set by ninja
    note_name(request)
    membership = membership_of(user)
    return Me(
        subject=str(user.subject),
        email=user.email,
        name=user.name,
        membership=_state(membership),
        organisation=membership.organisation.name if membership else "",
        country=user.country or (membership.organisation.country if membership else ""),
        roles=sorted(grant.role for grant in membership.grants.all())
        if membership and membership.is_active
        else [],
        administrators=[Person(name=one.name, email=one.email) for one in administrators_for(user)],
    )


def _state(membership: Membership | None) -> str:
    """active, waiting, suspended (also with the whole organisation) or none."""
    if membership is None:
        return "none"
    if membership.organisation.suspended:
        return Membership.State.SUSPENDED.value
    return membership.state


@router.get("/links", response=dict[str, str])
def links(request: HttpRequest) -> dict[str, str]:
    """Addresses of pages for people; `service_request` takes `?product=&version=`."""
    paths = {
        "register": "/register/",
        "forum": "/community/",
        "service_request": "/support/new/",
        "downloads": "/downloads/",
        "connected": "/connected/",
    }
    return {name: request.build_absolute_uri(path) for name, path in paths.items()}

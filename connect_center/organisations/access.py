# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who may do what: the questions that every other app asks."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from connect_center.accounts.models import User
from connect_center.organisations.models import Membership, Role

View = Callable[..., HttpResponse]


def membership_of(user: User | AnonymousUser) -> Membership | None:
    """The user's membership in whatever state, or None."""
    if not isinstance(user, User):
        return None
    return Membership.objects.select_related("organisation", "user").filter(user=user).first()


def may_download(user: User | AnonymousUser) -> bool:
    """Whether the user is an active member with the role "Product Delivery - Download"."""
    membership = membership_of(user)
    return (
        membership is not None
        and membership.is_active
        and membership.grants.filter(role=Role.DOWNLOAD).exists()
    )


def administrators_for(user: User | AnonymousUser) -> list[User]:
    """The Account Administrators of the user's organisation, by name; empty without organisation."""
    membership = membership_of(user)
    if membership is None:
        return []
    return list(
        User.objects.filter(
            is_active=True,
            membership__organisation=membership.organisation,
            membership__is_administrator=True,
            membership__state=Membership.State.ACTIVE,
        )
    )


def administrator_required(view: View) -> View:
    """Let a view pass for Account Administrators; it gets the own membership as its second argument."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        own = membership_of(request.user)
        if own is not None and own.is_active and own.is_administrator:
            return view(request, own, *args, **kwargs)
        context = {"administrators": administrators_for(request.user), "membership": own}
        return render(request, "organisations/administrators_only.html", context, status=403)

    return guarded

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""User Management: the list, one user, and the record of decisions. Strictly inside the own organisation."""

import uuid
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from connect_center.organisations import importing
from connect_center.organisations.access import administrator_required
from connect_center.organisations.invited import open_invitations
from connect_center.organisations.models import Membership, Role, RoleRequest

PER_PAGE = 50


@require_safe
@administrator_required
def users(request: HttpRequest, own: Membership) -> HttpResponse:
    """Who belongs to the organisation, who waits, and who asks for a role."""
    words = request.GET.get("q", "").strip()
    found = own.organisation.memberships.exclude(state=Membership.State.WAITING)
    for word in words.split():
        found = found.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
    context = {"own": own, "words": words, "page": _page(found, request.GET.get("page"))}
    context["import"] = importing.unfinished(own.organisation)
    if not words:
        waiting = own.organisation.memberships.filter(state=Membership.State.WAITING)
        context |= {"waiting": waiting.select_related("user"), "requests": open_requests(own)}
    return render(request, "organisations/users.html", context)


def _page(found: QuerySet[Membership], number: str | None) -> Page[Membership]:
    """A page by name. Only numbers are sorted: whole rows of 50,000 people would not fit into the memory."""
    numbers = found.order_by("user__name", "pk").values_list("pk", flat=True)
    page: Page[Any] = Paginator(numbers, PER_PAGE).get_page(number)
    whole = (
        Membership.objects.select_related("user").prefetch_related("grants").in_bulk(list(page.object_list))
    )
    page.object_list = [whole[pk] for pk in page.object_list if pk in whole]
    invitations = open_invitations(page.object_list)
    for one in page.object_list:
        one.invitation = invitations.get(one.user_id)
    return page


@require_safe
@administrator_required
def user(request: HttpRequest, own: Membership, subject: uuid.UUID) -> HttpResponse:
    """One member: what is known, what is granted, and what can be decided."""
    membership = member(own, subject)
    held = {grant.role: grant for grant in membership.grants.select_related("granted_by")}
    context = {
        "own": own,
        "membership": membership,
        "roles": [(role, held.get(role)) for role in Role],
        "requests": open_requests(own).filter(membership=membership),
        "invitation": open_invitations([membership]).get(membership.user_id),
        "entries": own.organisation.audit.filter(subject=str(membership.user))[:20],
    }
    return render(request, "organisations/user.html", context)


@require_safe
@administrator_required
def audit(request: HttpRequest, own: Membership) -> HttpResponse:
    """Who decided what, newest first."""
    page = Paginator(own.organisation.audit.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "organisations/record.html", {"own": own, "page": page})


def member(own: Membership, subject: uuid.UUID) -> Membership:
    """The member of the own organisation with this subject; anybody else is not there (404)."""
    found = own.organisation.memberships.select_related("user", "organisation")
    return get_object_or_404(found, user__subject=subject)


def open_requests(own: Membership) -> QuerySet[RoleRequest]:
    """Requests for roles that wait for an answer in the own organisation."""
    return RoleRequest.objects.filter(
        membership__organisation=own.organisation, state=RoleRequest.State.OPEN
    ).select_related("membership__user", "membership__organisation")

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The page of downloads, open or locked with the reason."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from connect_center.delivery.role_requests import ask_for_download, open_request
from connect_center.delivery.shelf import Offer, offers
from connect_center.organisations.access import administrators_for, may_download, membership_of
from connect_center.organisations.models import Role

PER_PAGE = 25


@dataclass(frozen=True)
class Row:
    """A product on the page: its newest packages and, folded away, the earlier ones."""

    name: str
    offers: tuple[Offer, ...]
    earlier: tuple[Offer, ...]


@require_safe
def downloads(request: HttpRequest) -> HttpResponse:
    """Everything on offer; what this person may not have is there, locked."""
    user = request.user
    membership = membership_of(user)
    words = request.GET.get("q", "").replace("\0", "").strip()[:200]
    page = Paginator(_rows(offers(words)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "words": words,
        "page": page,
        "rows": page.object_list,
        "may_download": may_download(user),
        "role": Role.DOWNLOAD,
        "membership": membership,
        "administrators": administrators_for(user),
        "asked": membership is not None and open_request(membership) is not None,
    }
    return render(request, "delivery/downloads.html", context)


@login_required
@require_POST
def ask_for_role(request: HttpRequest) -> HttpResponse:
    """POST /downloads/ask/: the request goes to the Account Administrators."""
    membership = membership_of(request.user)
    if membership is not None and membership.is_active:
        if may_download(request.user):
            messages.success(request, _("You have the role already."))
        elif ask_for_download(request, membership):
            messages.success(request, _("Your request was sent to your Account Administrators."))
        else:
            messages.info(request, _("Your request was sent before. Your Account Administrators have it."))
    else:
        messages.info(request, _("You belong to no organisation yet, so nobody can grant the role."))
    return redirect("downloads")


def _rows(found: list[Offer]) -> list[Row]:
    rows = []
    for product in dict.fromkeys(offer.product for offer in found):
        own = [offer for offer in found if offer.product == product]
        newest = tuple(offer for offer in own if offer.newest)
        rows.append(Row(product.name, newest, tuple(offer for offer in own if not offer.newest)))
    # What needs no role is what the applications need: it comes after them.
    return sorted(rows, key=lambda row: all(offer.package.public for offer in row.offers))

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How are you CONNECTED: my organisation, what I may do, and my Account Administrators."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from connect_center.accounts.models import User
from connect_center.organisations.access import administrators_for, membership_of


@require_safe
@login_required
def connected(request: HttpRequest) -> HttpResponse:
    """For registered users only, about the reader's own organisation only."""
    user: User = request.user  # type: ignore[assignment]  # login_required
    membership = membership_of(user)
    grants = membership.grants.all() if membership else []
    context = {
        "membership": membership,
        "grants": grants,
        "administrators": administrators_for(user),
    }
    return render(request, "organisations/connected.html", context)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How far an import is: a page for people, and the figures that it asks for."""

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from connect_center.organisations import importing
from connect_center.organisations.access import administrator_required
from connect_center.organisations.models import Import, Membership


@never_cache
@require_safe
@administrator_required
def progress(request: HttpRequest, own: Membership, begun: uuid.UUID) -> HttpResponse:
    """/users/import/…/: it goes on while nobody looks, and this page says what came of it."""
    one = _own(own, begun)
    context = {"own": own, "import": one, "added": one.done - len(one.refused)}
    return render(request, "organisations/import_progress.html", context)


@never_cache
@require_safe
@administrator_required
def state(_request: HttpRequest, own: Membership, begun: uuid.UUID) -> JsonResponse:
    """/users/import/…/state/: counted in lines."""
    one = _own(own, begun)
    return JsonResponse({"done": one.done, "total": one.total, "finished": one.finished_at is not None})


def _own(own: Membership, begun: uuid.UUID) -> Import:
    one = get_object_or_404(own.organisation.imports, pk=begun)
    if one.finished_at is None:
        importing.go_on(one)  # does nothing while a process works on it
    return one

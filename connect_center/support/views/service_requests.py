# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Service requests: write one, read one's own."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from connect_center.accounts.models import User
from connect_center.support import diagnostics
from connect_center.support.diagnostics import of_link
from connect_center.support.forms import ServiceRequestForm
from connect_center.support.models import ServiceRequest
from connect_center.support.requests import file_request

# What a link may fill in, and how many letters of it.
_FILLED_IN = {"product": 80, "version": 80, "subject": 80, "text": 2000}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """/support/new/?product=&version=&subject=&text=: the client fills in what it knows."""
    user = signed_in(request)
    asked = {name: request.GET.get(name, "").replace("\0", "")[:most] for name, most in _FILLED_IN.items()}
    form = ServiceRequestForm(request.POST or None, request.FILES or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        filed = file_request(user, **{name: form.cleaned_data[name] for name in form.Meta.fields})
        if form.cleaned_data["bundle"]:
            diagnostics.keep(filed, form.cleaned_data["bundle"], request.build_absolute_uri("/"))
        return redirect("service_request", number=filed.pk)
    return render(request, "support/new.html", {"form": form})


@login_required
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A request of this person; those of others do not exist for her or him."""
    found = get_object_or_404(ServiceRequest, pk=number, user=signed_in(request))
    return render(request, "support/request.html", {"found": found})


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """All requests of this person."""
    found = ServiceRequest.objects.filter(user=signed_in(request))
    return render(request, "support/requests.html", {"found": found})


@require_safe
def bundle(_request: HttpRequest, link: str) -> FileResponse:
    """/support/diagnostics/…: the bundle, for whoever has the link of the mail."""
    found = of_link(link)
    if found is None:
        raise Http404
    name = f"service-request-{found.pk}.zip"
    answer = FileResponse(
        found.diagnostics.open(), as_attachment=True, filename=name, content_type="application/zip"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def signed_in(request: HttpRequest) -> User:
    """The user behind `login_required`."""
    user: User | AnonymousUser = request.user
    if not isinstance(user, User):
        raise TypeError("the view lacks login_required")
    return user

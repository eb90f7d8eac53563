# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Admin registration: one user by a form, many by a CSV file with a preview."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from connect_center.organisations import importing, letters, members
from connect_center.organisations.access import administrator_required
from connect_center.organisations.csv_import import COLUMNS, Line, decoded, read_lines
from connect_center.organisations.forms import AddUserForm, ImportForm
from connect_center.organisations.models import Membership, Role

MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def add_user(request: HttpRequest, own: Membership) -> HttpResponse:
    """Register one user, who gets a mail that says what to do next."""
    form = AddUserForm(own.organisation, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            membership = members.add(own.user, own.organisation, form.member)
        except members.NotPossible as refusal:  # somebody else was quicker
            form.add_error("email", str(refusal))
        else:
            _tell(request, [membership])
            return redirect("users")
    return render(request, "organisations/add_user.html", {"own": own, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def import_users(request: HttpRequest, own: Membership) -> HttpResponse:
    """First the preview with every line's reason; nobody is added while a line is wrong."""
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"own": own, "form": form, "columns": COLUMNS, "roles": Role.values}
    if request.method == "POST" and form.is_valid():
        try:
            text = (
                decoded(form.cleaned_data["file"].read())
                if form.cleaned_data["file"]
                else form.cleaned_data["text"]
            )
            lines = read_lines(own.organisation, text)
            wrong = sum(1 for line in lines if line.reason)
            if "add" in request.POST and not wrong:
                return _add_all(request, own, lines, text)
        except members.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            shown = _worth_showing(lines)
            hidden = len(lines) - len(shown)
            preview = {"lines": shown, "count": len(lines), "hidden": hidden, "wrong": wrong, "text": text}
            return render(request, "organisations/import_preview.html", context | preview)
    return render(request, "organisations/import.html", context)


def _worth_showing(lines: list[Line]) -> list[Line]:
    """Lines to correct first; of thousands only as many as somebody reads."""
    return sorted(lines, key=lambda line: (not line.reason, line.number))[:MOST_SHOWN]


def _add_all(request: HttpRequest, own: Membership, lines: list[Line], text: str) -> HttpResponse:
    """A few at once; many part by part, with a page that shows how far it is."""
    if len(lines) > importing.PART:
        begun = importing.begin(request, own, text, len(lines))
        return redirect("import_progress", begun.pk)
    added = members.add_all(own.user, own.organisation, [line.member for line in lines])
    _tell(request, added)
    return redirect("users")


def _tell(request: HttpRequest, added: list[Membership]) -> None:
    facts = {"count": len(added), "name": added[0].user.name, "email": added[0].user.email}
    if letters.send(letters.added(request, added)):
        sentence = ngettext(
            "%(name)s was added. A mail to %(email)s says what to do next.",
            "%(count)d users were added. Each got a mail that says what to do next.",
            len(added),
        )
        messages.success(request, sentence % facts)
    else:
        sentence = _(
            "The users were added, but the mails could not be sent. Tell them to open CONNECTION Client."
        )
        messages.warning(request, sentence)

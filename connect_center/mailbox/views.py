# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Pages of the mailbox: the list and one mail."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from connect_center.mailbox.mails import newest, read


@require_safe
@never_cache
def mails(request: HttpRequest) -> HttpResponse:
    """Everything that was sent, newest first; `?to=` narrows it to one address."""
    to = request.GET.get("to", "").strip()
    found = [mail for mail in newest(settings.CENTER_MAILS) if to.lower() in mail.to.lower()]
    return render(request, "mailbox/mails.html", {"mails": found, "to": to})


@require_safe
@never_cache
def mail(request: HttpRequest, number: str) -> HttpResponse:
    """One mail; addresses in it are links."""
    found = read(settings.CENTER_MAILS, number)
    if found is None:
        raise Http404
    return render(request, "mailbox/mail.html", {"mail": found})

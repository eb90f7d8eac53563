# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The terms of use: read by anybody, agreed to once per version, before the client is let in."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView

from connect_center.accounts.models import User

NEXT = "next"
View = Callable[..., HttpResponse]


def agree(user: User) -> None:
    """Note that the user agreed to the terms as they are now; the caller saves."""
    user.terms_version = settings.CENTER_TERMS_VERSION
    user.terms_accepted_at = timezone.now()


def has_agreed(user: User) -> bool:
    """Whether the user agreed to the terms as they are now."""
    return user.terms_version == settings.CENTER_TERMS_VERSION


def terms_first(view: View) -> View:
    """A page that shows itself to signed-in people only after they agreed; the way back is kept."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        user = request.user
        if request.method == "GET" and isinstance(user, User) and not has_agreed(user):
            return HttpResponseRedirect(
                f"{reverse('terms_agree')}?{urlencode({NEXT: request.get_full_path()})}"
            )
        return view(request, *arguments, **named)

    return guarded


class AgreeView(LoginRequiredMixin, TemplateView):
    """The terms with one button."""

    template_name = "terms_agree.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Go on to where the person came from."""
        user = User.objects.get(email=request.user.get_username())
        agree(user)
        user.save(update_fields=["terms_version", "terms_accepted_at"])
        target = request.POST.get(NEXT, "")
        here = url_has_allowed_host_and_scheme(
            target, {request.get_host()}, require_https=request.is_secure()
        )
        return HttpResponseRedirect(target if here else reverse("home"))

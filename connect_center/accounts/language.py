# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The language in which a person is spoken to: the chosen one, or the browser's, on pages and in mails."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from connect_center.accounts.models import User

Answer = Callable[[HttpRequest], HttpResponseBase]


def speaking_to(user: User | None, sender: object = None) -> translation.override:
    """Use as a context manager: what is written inside is in the receiver's language, or the sender's."""
    known = (one.language or one.met_in for one in (user, sender) if isinstance(one, User))
    return translation.override(next(filter(None, known), translation.get_language()))


def account_decides(answer: Answer) -> Answer:
    """Middleware behind the sign-in's: who chose a language meets it in every browser."""

    def in_language(request: HttpRequest) -> HttpResponseBase:
        user = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if isinstance(user, User) and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()  # as LocaleMiddleware does
        return answer(request)

    return in_language


def languages(_request: HttpRequest) -> dict[str, object]:
    """Template context: code and own name of every language."""
    return {"languages": settings.LANGUAGES}


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """POST /language/ with `language` and `next`; an empty language leaves it to the browser again."""
    wished = request.POST.get("language", "")
    wished = wished if wished in dict(settings.LANGUAGES) else ""
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(language=wished)
    answer = set_language(request)
    if not wished:
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return answer


@receiver(user_logged_in)
def _remember(request: HttpRequest, user: Any, **_signal: Any) -> None:  # noqa: ARG001  # the signal names it
    """Mails to people who chose nothing are in the language of their last sign-in."""
    spoken = translation.get_language() or settings.LANGUAGE_CODE
    if isinstance(user, User) and user.met_in != spoken:
        User.objects.filter(pk=user.pk).update(met_in=spoken)

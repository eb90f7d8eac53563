# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Packages for those who may have them."""

import re
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from connect_center.accounts.models import User
from connect_center.api_auth import user_of_token
from connect_center.delivery.answers import file_answer
from connect_center.delivery.models import Package
from connect_center.delivery.storage import PACKAGE_TYPE, is_remote, link
from connect_center.organisations.access import administrators_for, may_download, membership_of
from connect_center.organisations.models import Role
from connect_center.problems import Problem, problem_response

_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


@require_safe
def package_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """GET /delivery/files/…: the bytes of a package, whole or in part."""
    package = Package.objects.filter(path=path).first() if _PATH.fullmatch(path) else None
    if package is None:
        return problem_response(Problem(HTTPStatus.NOT_FOUND, _("No such file is published.")))
    if not package.public:
        refusal = _refusal(request)
        if refusal is not None:
            return refusal
    if is_remote():
        elsewhere = HttpResponseRedirect(link(package, request.method or "GET"))
        elsewhere["Cache-Control"] = "no-store"  # the link ends soon
        return elsewhere
    try:
        answer = _local_answer(request, package)
    except OSError:
        return problem_response(
            Problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                _("The file is published, but cannot be read now. Try again later."),
            )
        )
    answer["Content-Disposition"] = f'attachment; filename="{package.filename}"'
    answer["Cache-Control"] = "public, max-age=3600" if package.public else "private, no-cache"
    if not package.public:
        answer["Vary"] = "Authorization, Cookie"
    return answer


def _local_answer(request: HttpRequest, package: Package) -> HttpResponseBase:
    """The bytes, or where the web server in front of the Center finds them. Raises OSError."""
    if settings.CENTER_ACCEL_REDIRECT:
        (_packages_folder() / package.path).stat()
        answer = HttpResponse(content_type=PACKAGE_TYPE)
        answer["X-Accel-Redirect"] = settings.CENTER_ACCEL_REDIRECT.rstrip("/") + "/" + quote(package.path)
        return answer
    return file_answer(request, _packages_folder() / package.path, f'"{package.sha256}"', PACKAGE_TYPE)


def _refusal(request: HttpRequest) -> HttpResponseBase | None:
    """Why this request may not have the file, or None when it may."""
    user = _user_of(request)
    if may_download(user):
        return None
    wants_page = "text/html" in request.headers.get("Accept", "")
    if not isinstance(user, User):
        if wants_page:
            return redirect_to_login(request.get_full_path())
        return problem_response(
            Problem(
                HTTPStatus.UNAUTHORIZED, _("Downloading needs a signed-in user."), role=Role.DOWNLOAD.value
            )
        )
    people = administrators_for(user)
    if wants_page:
        context = {"role": Role.DOWNLOAD, "administrators": people, "membership": membership_of(user)}
        return render(request, "organisations/role_missing.html", context, status=HTTPStatus.FORBIDDEN)
    return problem_response(
        Problem(
            HTTPStatus.FORBIDDEN,
            _("Downloading needs the role “%(role)s”.") % {"role": Role.DOWNLOAD.value},
            role=Role.DOWNLOAD.value,
            administrators=[{"name": person.name, "email": person.email} for person in people],
        )
    )


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    """The user of the access token, else of the browser's session; a token that does not hold is nobody."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        holder = user_of_token(token.strip()) if scheme.lower() == "bearer" else None
        return holder or AnonymousUser()
    return request.user


def _packages_folder() -> Path:
    return Path(settings.CENTER_STATE) / "packages"

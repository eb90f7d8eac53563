# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which address leads to which room."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from connect_center.api import api
from connect_center.organisations.views.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("connect_center.accounts.urls")),
    path("", include("connect_center.organisations.urls")),
    path("", include("connect_center.delivery.urls")),
    path("", include("connect_center.publisher.urls")),
    path("", include("connect_center.entitlements.urls")),
    path("", include("connect_center.policy.urls")),
    path("", include("connect_center.applications.urls")),
    path("", include("connect_center.support.urls")),
    path("", include("connect_center.operation.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-step/", include("allauth.mfa.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("", include("allauth.idp.urls")),
    path("api/v1/", api.urls),
]

if settings.CENTER_KEEPS_MAILS:
    urlpatterns.append(path("mail/", include("connect_center.mailbox.urls")))

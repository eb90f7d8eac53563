# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Addresses of accounts that differ from allauth's own."""

from allauth.account.views import signup
from allauth.idp.oidc.views import device_authorization
from allauth.socialaccount.views import login_cancelled, login_error
from django.urls import path
from django.views.generic import RedirectView, TemplateView

from connect_center.accounts.device import token
from connect_center.accounts.language import choose
from connect_center.accounts.password_codes import reset_password
from connect_center.accounts.terms import AgreeView, terms_first
from connect_center.accounts.views import authorization, sign_in

urlpatterns = [
    path("accounts/elsewhere/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("accounts/elsewhere/failed/", login_error, name="socialaccount_login_error"),
    path("language/", choose, name="set_language"),
    path("register/", signup, name="register"),
    path("accounts/login/", sign_in),
    path("accounts/signup/", RedirectView.as_view(pattern_name="register", query_string=True)),
    path("terms/", TemplateView.as_view(template_name="terms.html"), name="terms"),
    path("terms/agree/", AgreeView.as_view(), name="terms_agree"),
    path("identity/o/authorize", terms_first(authorization)),
    path("identity/o/device", terms_first(device_authorization)),
    path("identity/o/api/token", token),
    path("_allauth/app/v1/auth/password/reset", reset_password),
]

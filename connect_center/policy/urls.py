# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from django.urls import URLPattern, path

from connect_center.policy import views

urlpatterns: list[URLPattern] = [
    path("policy/", views.policy, name="policy"),
    path("policy/applications/", views.decide, name="decide_policy"),
    path("policy/applications/<slug:code>/remove/", views.remove, name="remove_policy"),
]

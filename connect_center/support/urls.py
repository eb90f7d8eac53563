# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from django.urls import URLPattern, path

from connect_center.support.views import community, service_requests

urlpatterns: list[URLPattern] = [
    path("support/", service_requests.own, name="service_requests"),
    path("support/new/", service_requests.new, name="new_service_request"),
    path("support/<int:number>/", service_requests.one, name="service_request"),
    path("support/diagnostics/<str:link>/", service_requests.bundle, name="diagnostics"),
    path("community/", community.topics, name="community"),
    path("community/new/", community.ask, name="new_topic"),
    path("community/<int:number>/", community.topic, name="topic"),
]

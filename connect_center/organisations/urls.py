# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Pages of organisations."""

from django.urls import path, re_path

from connect_center.organisations.views import adding, connected, decisions, invitation, progress, users

urlpatterns = [
    path("connected/", connected.connected, name="connected"),
    path("users/", users.users, name="users"),
    path("users/add/", adding.add_user, name="add_user"),
    path("users/import/", adding.import_users, name="import_users"),
    path("users/import/<uuid:begun>/", progress.progress, name="import_progress"),
    path("users/import/<uuid:begun>/state/", progress.state, name="import_state"),
    path("users/record/", users.audit, name="record"),
    re_path(
        r"^users/requests/(?P<number>[0-9]{1,18})/(?P<answer>approve|decline)/$",
        decisions.answer,
        name="answer_request",
    ),
    path("users/<uuid:subject>/", users.user, name="user"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("users/<uuid:subject>/invite-again/", invitation.invite_again, name="invite_again"),
    path("users/<uuid:subject>/<slug:decision>/", decisions.decide, name="decide"),
]

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Pages of the mailbox."""

from django.urls import path

from connect_center.mailbox import views

urlpatterns = [
    path("", views.mails, name="mails"),
    path("<slug:number>/", views.mail, name="mail"),
]

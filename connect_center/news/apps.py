# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "connect_center.news"
    label = "news"

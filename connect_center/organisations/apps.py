# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "connect_center.organisations"
    label = "organisations"

    def ready(self) -> None:
        from connect_center.organisations import coming, joining  # noqa: F401  # they connect their signal receivers

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class KeptConfig(AppConfig):
    name = "connect_center.kept"
    label = "kept"

    def ready(self) -> None:
        from connect_center.kept import changes

        changes.watch()

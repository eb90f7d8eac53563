# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from typing import Any

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


class OperationConfig(AppConfig):
    name = "connect_center.operation"
    label = "operation"

    def ready(self) -> None:
        # Django tells it only of apps with tables.
        post_migrate.connect(_with_cache, sender=apps.get_app_config("accounts"))


def _with_cache(using: str, **_signal: Any) -> None:
    """A cache in the database needs its table; for other caches this does nothing."""
    call_command("createcachetable", database=using, verbosity=0)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "connect_center.accounts"
    label = "accounts"

    def ready(self) -> None:
        from connect_center.accounts import language  # noqa: F401  # listens for sign-ins
        from connect_center.accounts.oidc_client import register_client  # models are ready now

        post_migrate.connect(register_client, sender=self)

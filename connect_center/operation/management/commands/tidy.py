# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`tidy`: clears away what has expired. Run it once a day; running it again changes nothing."""

from datetime import timedelta
from typing import Any

from allauth.idp.oidc.models import Token
from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.utils import timezone

from connect_center.accounts.models import SpentToken
from connect_center.organisations import importing


class Command(BaseCommand):
    help = "Clear away expired sessions, tokens and tombstones of tokens; finish imports that were cut off."

    def handle(self, *_args: Any, verbosity: int, **_options: Any) -> None:
        call_command("clearsessions")
        tokens, _by_model = Token.objects.expired().delete()
        old = timezone.now() - timedelta(seconds=settings.IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN)
        spent, _by_model = SpentToken.objects.filter(spent_at__lt=old).delete()
        importing.finish_all()
        if verbosity:
            self.stdout.write(f"{tokens} expired tokens and {spent} tombstones were cleared away.")

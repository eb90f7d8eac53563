# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`keys rotate`: a new key for ID tokens, announced a day before it signs."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from connect_center.publisher.files import create_privately
from connect_center.state import new_signing_key, signing_key_file

KEPT = 2  # tokens that the last key signed are still checked


class Command(BaseCommand):
    help = "Add a key that signs ID tokens, and forget those that no living token was signed with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", choices=["rotate"])
        parser.add_argument(
            "--begin-after-hours", type=int, default=24, help="clients learn of the key in this time"
        )

    def handle(self, *_args: Any, begin_after_hours: int, **_options: Any) -> None:
        begins = timezone.now() + timedelta(hours=begin_after_hours)
        path = signing_key_file(Path(settings.CENTER_STATE), begins)
        create_privately(path, new_signing_key().encode())
        for old in sorted(path.parent.glob("oidc-key*.pem"), key=_begins)[: -KEPT - 1]:
            old.unlink()
        self.stdout.write(f"The new key signs from {begins:%Y-%m-%d %H:%M} UTC. Start the workers again.")


def _begins(path: Path) -> str:
    """The first key has no time in its name and is the oldest."""
    return path.stem.removeprefix("oidc-key")

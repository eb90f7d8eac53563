# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`keys rotate`: a new key for ID tokens, licences or applications, announced a day before it signs."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from connect_center.entitlements.decision import longest_offline_time
from connect_center.publisher.files import create_privately
from connect_center.signing import SigningKeys
from connect_center.state import new_signing_key, signing_key_file

ID_TOKENS = "id-tokens"
# Below `keys` of the state folder, and how long an answer holds that such a key signed.
_LONGEST_LIFE: dict[str, Callable[[], timedelta]] = {
    "entitlements": longest_offline_time,
    "applications": lambda: timedelta(days=1),
}
KEPT = 2  # tokens that the last key signed are still checked


class Command(BaseCommand):
    help = "Add a key that signs from tomorrow on, and forget those that nothing living was signed with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", choices=["rotate"])
        parser.add_argument("what", nargs="?", default=ID_TOKENS, choices=[ID_TOKENS, *_LONGEST_LIFE])
        parser.add_argument(
            "--begin-after-hours", type=int, default=24, help="clients learn of the key in this time"
        )

    def handle(self, *_args: Any, what: str, begin_after_hours: int, **_options: Any) -> None:
        begins = timezone.now() + timedelta(hours=begin_after_hours)
        if what != ID_TOKENS:
            self._rotate_answers(what, begins)
            return
        path = signing_key_file(Path(settings.CENTER_STATE), begins)
        create_privately(path, new_signing_key().encode())
        for old in sorted(path.parent.glob("oidc-key*.pem"), key=_begins)[: -KEPT - 1]:
            old.unlink()
        self.stdout.write(f"The new key signs from {begins:%Y-%m-%d %H:%M} UTC. Start the workers again.")

    def _rotate_answers(self, what: str, begins: datetime) -> None:
        """Workers look at these keys for every answer: nothing has to be started again."""
        keys = SigningKeys(Path(settings.CENTER_STATE) / "keys" / what)
        removed = keys.rotate(begins, timezone.now() - _LONGEST_LIFE[what]())
        self.stdout.write(f"The new key signs from {begins:%Y-%m-%d %H:%M} UTC. Old keys removed: {removed}.")


def _begins(path: Path) -> str:
    """The first key has no time in its name and is the oldest."""
    return path.stem.removeprefix("oidc-key")

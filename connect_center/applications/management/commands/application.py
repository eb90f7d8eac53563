# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`application`: whose services accept tokens of the Center."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from connect_center.applications.models import Application


class Command(BaseCommand):
    help = "Register, remove and list applications that may get a token for their own service."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        add = actions.add_parser("add", help="register an application, or rename it")
        add.add_argument("audience", help="what its tokens are made out to, such as survey-cloud")
        add.add_argument("--name", required=True, help="what people know it by")
        remove = actions.add_parser("remove", help="no more tokens for it")
        remove.add_argument("audience")
        actions.add_parser("list", help="which applications there are")

    def handle(self, *_args: Any, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(options)

    def _add(self, options: dict[str, Any]) -> None:
        application = Application(audience=options["audience"], name=options["name"].strip())
        try:
            application.clean_fields()
        except ValidationError as error:
            raise CommandError(
                "The audience has to be 2 to 64 small letters, digits, dots, hyphens, underscores, and free; "
                "the name 1 to 100 characters. Nothing was changed."
            ) from error
        Application.objects.update_or_create(
            audience=application.audience, defaults={"name": application.name}
        )
        self.stdout.write(f"{application.name} may ask for tokens made out to {application.audience}.")

    def _remove(self, options: dict[str, Any]) -> None:
        removed, _by_model = Application.objects.filter(audience=options["audience"]).delete()
        if not removed:
            raise CommandError(f"There is no application “{options['audience']}”. Nothing was changed.")
        self.stdout.write(f"No more tokens are made out to {options['audience']}.")

    def _list(self, _options: dict[str, Any]) -> None:
        for application in Application.objects.all():
            self.stdout.write(f"{application.audience}  {application.name}")

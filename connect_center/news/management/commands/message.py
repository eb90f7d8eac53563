# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`message`: what people are told in their clients."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from connect_center.news.models import ORIGINAL, Message
from connect_center.organisations.management.named import organisation_named

_HOLDS = timedelta(days=14)
_SHORTEST = 4  # characters of an id


class Command(BaseCommand):
    help = "Tell people something in their clients, and take it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        add = actions.add_parser("add", help="tell something")
        add.add_argument("text", help="in English, on one line")
        add.add_argument(
            "--in",
            dest="translations",
            nargs=2,
            action="append",
            default=[],
            metavar=("LANGUAGE", "TEXT"),
            help="the same in another language, such as de; can be repeated",
        )
        add.add_argument("--level", choices=Message.Level.values, default=Message.Level.INFO.value)
        add.add_argument("--link", default="", help="where more stands")
        add.add_argument("--from", dest="begins", type=_moment, help="YYYY-MM-DDTHH:MM, UTC; else now")
        add.add_argument("--until", dest="ends", type=_moment, help="else for 14 days")
        add.add_argument("--organisation", default="", help="only for its people; else for everybody")
        actions.add_parser("list", help="what is told now or later")
        withdraw = actions.add_parser("withdraw", help="take a message back")
        withdraw.add_argument("id", help="as list shows it; its first characters are enough")

    def handle(self, *_args: Any, action: str, **options: Any) -> None:
        for line in getattr(self, f"_{action}")(options):
            self.stdout.write(line)

    def _add(self, options: dict[str, Any]) -> Iterator[str]:
        begins = options["begins"] or datetime.now(UTC)
        ends = options["ends"] or begins + _HOLDS
        if ends <= max(begins, datetime.now(UTC)):
            raise CommandError("The message would end before anybody is told. Nothing was changed.")
        message = Message(
            level=options["level"],
            texts={ORIGINAL: options["text"], **dict(options["translations"])},
            link=options["link"],
            begins=begins,
            ends=ends,
            organisation=organisation_named(options["organisation"]) if options["organisation"] else None,
        )
        try:
            message.full_clean()
        except ValidationError as error:
            raise CommandError(f"{' '.join(error.messages)} Nothing was changed.") from error
        message.save()
        yield _line(message)

    def _list(self, _options: dict[str, Any]) -> Iterator[str]:
        for message in Message.objects.select_related("organisation").filter(ends__gt=datetime.now(UTC)):
            yield _line(message)

    def _withdraw(self, options: dict[str, Any]) -> Iterator[str]:
        begin = options["id"].lower()
        found = [one for one in Message.objects.all() if str(one.pk).startswith(begin)]
        if len(begin) < _SHORTEST or len(found) != 1:
            raise CommandError(f"There is not exactly one message “{begin}”. Nothing was changed. See list.")
        found[0].delete()
        yield "It is told no longer."


def _line(message: Message) -> str:
    whom = message.organisation.name if message.organisation else "everybody"
    times = f"{message.begins:%Y-%m-%dT%H:%M} to {message.ends:%Y-%m-%dT%H:%M} UTC"
    return f"{message.pk}  {message.level}  {times}  {whom}  {', '.join(sorted(message.texts))}  {message}"


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no moment such as 2026-12-01T18:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

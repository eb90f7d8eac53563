# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`licence`: what organisations may use."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from connect_center.delivery.models import Product
from connect_center.entitlements.models import Licence, OfflineAllowance
from connect_center.organisations.management.named import organisation_named


class Command(BaseCommand):
    help = "Grant, withdraw and list licences."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        grant = actions.add_parser("grant", help="grant a licence, or change the one there is")
        grant.add_argument("organisation")
        grant.add_argument("product")
        grant.add_argument("--seats", type=_positive, help="for so many members; else for all")
        grant.add_argument(
            "--country", action="append", default=[], type=_country, help="where it holds; can be repeated"
        )
        grant.add_argument("--level", type=_level, help="the highest level of features; else all")
        grant.add_argument("--starts", type=date.fromisoformat, help="first day, YYYY-MM-DD; else today")
        grant.add_argument("--ends", type=date.fromisoformat, help="last day, YYYY-MM-DD; else no end")
        withdraw = actions.add_parser("withdraw", help="take a licence back")
        withdraw.add_argument("organisation")
        withdraw.add_argument("product")
        listing = actions.add_parser("list", help="which licences there are")
        listing.add_argument("organisation", nargs="?", default="")
        offline = actions.add_parser(
            "offline", help="for how many days computers may work on the last answer"
        )
        offline.add_argument("organisation")
        offline.add_argument("days", type=_positive)
        device = actions.add_parser("device", help="whether an answer holds only on the computer that asked")
        device.add_argument("organisation")
        device.add_argument("bound", choices=("bound", "free"))

    def handle(self, *_args: Any, action: str, **options: Any) -> None:
        for line in getattr(self, f"_{action}")(options):
            self.stdout.write(line)

    def _grant(self, options: dict[str, Any]) -> Iterator[str]:
        starts = options["starts"] or datetime.now(UTC).date()
        if options["ends"] and options["ends"] < starts:
            raise CommandError(
                "The licence would end before it starts. Nothing was changed. Correct the days."
            )
        organisation, product = organisation_named(options["organisation"]), _product(options["product"])
        terms = {
            "seats": options["seats"],
            "countries": options["country"],
            "level": options["level"],
            "starts": starts,
            "ends": options["ends"],
        }
        Licence.objects.update_or_create(organisation=organisation, product=product, defaults=terms)
        yield f"{organisation.name} may use {product.name} {_terms(terms)}."

    def _withdraw(self, options: dict[str, Any]) -> Iterator[str]:
        organisation, product = organisation_named(options["organisation"]), _product(options["product"])
        removed, _by_model = Licence.objects.filter(organisation=organisation, product=product).delete()
        if not removed:
            raise CommandError(f"{organisation.name} has no licence for {product.name}. Nothing was changed.")
        yield f"{organisation.name} may no longer use {product.name}."

    def _list(self, options: dict[str, Any]) -> Iterator[str]:
        found = Licence.objects.select_related("organisation", "product")
        if options["organisation"]:
            found = found.filter(organisation=organisation_named(options["organisation"]))
        for licence in found:
            terms = {
                name: getattr(licence, name) for name in ("seats", "countries", "level", "starts", "ends")
            }
            yield f"{licence.organisation.name}  {licence.product.code}  {_terms(terms)}"

    def _offline(self, options: dict[str, Any]) -> Iterator[str]:
        organisation = organisation_named(options["organisation"])
        OfflineAllowance.objects.update_or_create(
            organisation=organisation, defaults={"days": options["days"]}
        )
        yield f"Computers of {organisation.name} may work on the last answer for {options['days']} days."

    def _device(self, options: dict[str, Any]) -> Iterator[str]:
        organisation, bound = organisation_named(options["organisation"]), options["bound"] == "bound"
        OfflineAllowance.objects.update_or_create(
            organisation=organisation, defaults={"bound_to_device": bound}
        )
        where = "only on the computer that asked" if bound else "on every computer of the person"
        yield f"Answers for {organisation.name} hold {where}."


def _product(code: str) -> Product:
    found = Product.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Product.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        raise CommandError(f"There is no product “{code}”. Nothing was changed. Known: {known}.")
    return found


def _terms(terms: dict[str, Any]) -> str:
    words = [f"from {terms['starts']}", f"to {terms['ends']}" if terms["ends"] else "without end"]
    words += [f"for {terms['seats']} members"] if terms["seats"] else []
    words += [f"in {', '.join(terms['countries'])}"] if terms["countries"] else []
    words += [f"up to level {terms['level']}"] if terms["level"] is not None else []
    return " ".join(words)


def _level(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4:  # noqa: PLR2004  # digits
        raise ArgumentTypeError(f"“{text}” is no number from 0 to 9999")
    return int(text)


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"“{text}” is no number from 1 on")
    return int(text)


def _country(text: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isalpha():  # noqa: PLR2004  # ISO 3166-1 alpha-2
        raise ArgumentTypeError(f"“{text}” is no country code of two letters")
    return text.upper()

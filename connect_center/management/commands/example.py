# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`example`: an organisation to try everything with. Running it again changes nothing."""

import re
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from connect_center.accounts.models import User
from connect_center.accounts.terms import agree
from connect_center.applications.models import Application
from connect_center.delivery.models import Product
from connect_center.delivery.shelf import mirror
from connect_center.entitlements.models import Licence
from connect_center.organisations import members
from connect_center.organisations.fulfilment import add_organisation
from connect_center.organisations.models import Domain, Organisation
from connect_center.publisher.catalogue import ReleaseOrder
from connect_center.publisher.errors import PublishError
from connect_center.publisher.package_entry import CLIENT_ID
from connect_center.publisher.publishing import Publisher
from connect_center.support.models import Topic

ORGANISATION = "Lima Survey"
DOMAIN = "lima-survey.example"
ADMINISTRATOR = members.NewMember(email="ana@lima-survey.example", name="Ana Lima", country="PT")
PASSWORD = "Tidal-harbour-71"  # noqa: S105  # of the example, as its documents say
PRODUCTS = {
    "survey-viewer": "Survey Viewer SES",
    "mesh-viewer": "Mesh Viewer SES",
    "drawing-viewer": "Drawing Viewer SES",
}
AUDIENCE, SERVICE = "survey-cloud", "Survey Cloud"  # what docs/broker.md asks a token for
FIRST_VERSION = "10.1.0.12"
_PACKAGE = re.compile(rf"{CLIENT_ID}_.+\.deb|.+_{re.escape(FIRST_VERSION)}_.+\.deb")


class Command(BaseCommand):
    help = (
        "Make the example organisation, its licences and a service that takes tokens, "
        "and publish the example applications."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--packages", type=Path, help="a folder with the example packages to publish")

    def handle(self, *_args: Any, packages: Path | None, verbosity: int, **_options: Any) -> None:
        try:
            lines = _publish(_packages(packages) if packages else [])
        except (PublishError, OSError) as error:
            raise CommandError(str(error)) from error
        with transaction.atomic():
            organisation = _organisation()
            for code, name in PRODUCTS.items():
                product, _new = Product.objects.get_or_create(code=code, defaults={"name": name})
                _license(organisation, product)
            _welcome(organisation)
            Application.objects.get_or_create(audience=AUDIENCE, defaults={"name": SERVICE})
        lines.append(f"{organisation.name} is there. {ADMINISTRATOR.email} signs in with {PASSWORD}.")
        if verbosity:
            self.stdout.write("\n".join(lines))


def _publish(files: list[Path]) -> list[str]:
    publisher = Publisher(Path(settings.CENTER_STATE), on_prepared=mirror)
    publisher.initialise("Example Systems")
    lines = []
    for path in files:
        published = publisher.add(path, ReleaseOrder(public=path.name.startswith(f"{CLIENT_ID}_")))
        if published.new:
            lines.append(f"{published.name} {published.facts.version} is published.")
    return lines


def _packages(folder: Path) -> list[Path]:
    """The client first, because the applications need it."""
    found = [path for path in sorted(folder.glob("*.deb")) if _PACKAGE.fullmatch(path.name)]
    if not found:
        raise CommandError(
            f"{folder} holds no example packages. Nothing was published. Build them, or name their folder."
        )
    return sorted(found, key=lambda path: not path.name.startswith(f"{CLIENT_ID}_"))


def _organisation() -> Organisation:
    """Its administrator has a password already; people with its domain wait for her approval."""
    existing = Organisation.objects.filter(name=ORGANISATION).first()
    if existing is not None:
        return existing
    membership = add_organisation(ORGANISATION, "PT", ADMINISTRATOR)
    Domain.objects.create(organisation=membership.organisation, name=DOMAIN)
    user = membership.user
    user.set_password(PASSWORD)
    agree(user)
    user.save(update_fields=["password", "terms_version", "terms_accepted_at"])
    return membership.organisation


def _license(organisation: Organisation, product: Product) -> None:
    starts = {"starts": datetime.now(UTC).date()}
    Licence.objects.get_or_create(organisation=organisation, product=product, defaults=starts)


def _welcome(organisation: Organisation) -> None:
    author: User | None = organisation.fulfilment_contact
    if author is not None and not Topic.objects.exists():
        Topic.objects.create(
            author=author,
            title="Which separators does Survey Viewer read?",
            text="Our total stations write semicolons, the older ones commas. Do I have to convert?",
            product=Product.objects.get(code="survey-viewer"),
        )

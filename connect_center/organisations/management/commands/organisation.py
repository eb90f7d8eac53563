# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Organisations by command: `center organisation add|domain|federate|list`."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django_countries import countries

from connect_center.organisations import federation
from connect_center.organisations.fulfilment import add_organisation
from connect_center.organisations.members import NewMember, NotPossible
from connect_center.organisations.models import Domain, Organisation


class Command(BaseCommand):
    """What a contract decides, entered by the people who run the Center."""

    help = "Add an organisation with its fulfilment contact, give it a mail domain, or list all."

    def add_arguments(self, parser: CommandParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        add = tasks.add_parser("add", help="an organisation and its fulfilment contact")
        add.add_argument("organisation")
        add.add_argument("--country", required=True, help="ISO 3166-1, two letters")
        add.add_argument("--fulfilment-contact", required=True, metavar="ADDRESS")
        add.add_argument("--name", required=True, help="the contact's name")
        domain = tasks.add_parser("domain", help="a mail domain that belongs to an organisation")
        domain.add_argument("organisation")
        domain.add_argument("domain")
        domain.add_argument("--approve", action="store_true", help="let its people in without waiting")
        federate = tasks.add_parser("federate", help="let a domain's people sign in at their own provider")
        federate.add_argument("domain")
        federate.add_argument(
            "--issuer", help="the provider's OpenID issuer; without it the domain goes back"
        )
        federate.add_argument("--client-id", default="connect-center", help="this Center's name there")
        federate.add_argument("--client-secret-file", type=Path, help="a file with the secret agreed there")
        tasks.add_parser("list", help="all organisations")

    def handle(self, *_args: Any, task: str, **options: Any) -> None:
        getattr(self, f"_{task}")(**options)

    def _add(
        self, organisation: str, country: str, fulfilment_contact: str, name: str, **_options: Any
    ) -> None:
        contact = NewMember(_address(fulfilment_contact), name.strip(), _country(country))
        try:
            membership = add_organisation(organisation.strip(), contact.country, contact)
        except NotPossible as refusal:
            raise CommandError(str(refusal)) from refusal
        print(f"{membership.user} is Account Administrator of {membership.organisation} and may download.")
        if not membership.user.has_usable_password():
            print("The password is created in CONNECTION Client with “Forgot your password?”.")

    def _domain(self, organisation: str, domain: str, *, approve: bool, **_options: Any) -> None:
        owner = Organisation.objects.filter(name__iexact=organisation).first()
        if owner is None:
            raise CommandError(f"There is no organisation “{organisation}”. Nothing was changed.")
        name = domain.strip().lower().removeprefix("@")
        taken = Domain.objects.filter(name=name).exclude(organisation=owner).first()
        if taken is not None:
            raise CommandError(f"{name} belongs to {taken.organisation} already. Nothing was changed.")
        Domain.objects.update_or_create(name=name, defaults={"organisation": owner, "approves": approve})
        means = "are let in at once" if approve else "wait for approval"
        print(f"{name} belongs to {owner}; its people {means}.")

    def _federate(
        self,
        domain: str,
        issuer: str | None,
        client_id: str,
        client_secret_file: Path | None,
        **_options: Any,
    ) -> None:
        owned = Domain.objects.filter(name=domain.strip().lower().removeprefix("@")).first()
        if owned is None:
            raise CommandError(f"{domain} belongs to no organisation yet. Nothing was changed.")
        if not issuer:
            federation.end(owned)
            print(f"People of {owned} sign in at the Center again.")
            return
        secret = client_secret_file.read_text().strip() if client_secret_file else ""
        federation.begin(owned, federation.Provider(_issuer(issuer), client_id, secret))
        print(f"People of {owned} sign in at {issuer} from now on.")
        print(f"Register this address there: {{this Center}}{federation.callback_path(owned)}")

    def _list(self, **_options: Any) -> None:
        for one in Organisation.objects.prefetch_related("memberships"):
            print(f"{one.name}\t{one.country}\t{one.memberships.count()} users")


def _address(text: str) -> str:
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"“{text}” does not look like an e-mail address. Nothing was changed.") from None
    return email


def _issuer(text: str) -> str:
    parts = urlsplit(text)
    safe = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    )
    if not safe or not parts.hostname:
        raise CommandError(f"“{text}” is no address with https. Nothing was changed.")
    return text.rstrip("/")


def _country(text: str) -> str:
    code = text.strip().upper()
    if code not in countries:
        raise CommandError(f"“{text}” is no country code of two letters. Nothing was changed.")
    return code

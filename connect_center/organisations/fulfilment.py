# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A contract makes an organisation and its fulfilment contact."""

from django.db import transaction

from connect_center.organisations import members
from connect_center.organisations.models import Membership, Organisation, Role


@transaction.atomic
def add_organisation(name: str, country: str, contact: members.NewMember) -> Membership:
    """The new organisation's first membership: the contact is Account Administrator and may download.

    Raises members.NotPossible when the name is taken or the contact belongs elsewhere.
    """
    if Organisation.objects.filter(name__iexact=name).exists():
        raise members.NotPossible(f"There is an organisation “{name}” already. Nothing was changed.")
    organisation = Organisation.objects.create(name=name, country=country)
    membership = members.add(None, organisation, contact)
    members.set_administrator(None, membership, administrator=True)
    members.grant(None, membership, Role.DOWNLOAD)
    organisation.fulfilment_contact = membership.user
    organisation.save(update_fields=["fulfilment_contact"])
    return membership

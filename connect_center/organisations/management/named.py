# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An organisation as a person names it on the command line."""

from django.core.management.base import CommandError

from connect_center.organisations.models import Organisation


def organisation_named(name: str) -> Organisation:
    """The organisation, in whatever case it is typed; raises CommandError, which names those there are."""
    found = Organisation.objects.filter(name__iexact=name).first()
    if found is None:
        known = ", ".join(Organisation.objects.values_list("name", flat=True)) or "none yet"
        raise CommandError(f"There is no organisation “{name}”. Nothing was changed. Known: {known}.")
    return found

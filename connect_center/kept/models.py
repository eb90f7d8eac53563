# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Stamps: a value that is another one after every change of what an answer is made from."""

import secrets
from collections.abc import Iterable

from django.db import models


class Stamp(models.Model):
    """The stamp of a person, of an organisation, or of what everybody's answers depend on.

    `number` is the row's key in its own table, 0 for everybody. Messages have stamps of their own, by
    organisation, so that telling everybody something makes nobody's licences anew. A stamp lies in the
    database and is changed in the same transaction as what it stands for, so that no process can see one
    without the other.
    """

    class Kind(models.TextChoices):
        PERSON = "p"
        ORGANISATION = "o"
        EVERYBODY = "e"
        MESSAGES = "m"

    kind = models.CharField(max_length=1, choices=Kind.choices)
    number = models.BigIntegerField()
    value = models.CharField(max_length=22)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="one_stamp_for_each")]

    def __str__(self) -> str:
        return f"{self.kind}{self.number}: {self.value}"


def renew(kind: Stamp.Kind, numbers: Iterable[int] = (0,)) -> None:
    """Give them new stamps: random ones, which never come back."""
    rows = [Stamp(kind=kind, number=number, value=secrets.token_urlsafe(16)) for number in sorted(numbers)]
    Stamp.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "number"], update_fields=["value"]
    )


def stamps_of(kind: Stamp.Kind, number: int) -> tuple[tuple[int, str], ...]:
    """The stamps of that number and of everybody, by one statement."""
    found = Stamp.objects.filter(kind=kind, number__in={0, number})
    return tuple(found.order_by("number").values_list("number", "value"))

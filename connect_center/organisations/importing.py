# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Adds the people of a large file part by part, beside the request that began it.

How far it is stands in the database, written in the transaction of each part. So a browser may be closed
and a process killed at any moment: whoever looks next goes on behind the last part. A letter is sent once its
part is kept; after a cut the letters of one part may come twice.
"""

import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from connect_center.accounts.models import User
from connect_center.organisations import letters, members
from connect_center.organisations.csv_import import Line, read_lines
from connect_center.organisations.models import Import, Membership, Organisation

PART = 100
TAKEN_OVER_AFTER = timedelta(seconds=20)


class _TakenOver(Exception):
    """Another process works on it now."""


@dataclass(frozen=True)
class _Noted:
    """What letters need to know of the request that began the import."""

    user: User
    center: str

    def build_absolute_uri(self, location: str | None = None) -> str:
        return urljoin(self.center, location or "/")


def begin(request: HttpRequest, own: Membership, text: str, total: int) -> Import:
    """Note the checked text and start; raises NotPossible while another import of the organisation runs."""
    try:
        with transaction.atomic():
            begun = Import.objects.create(
                organisation=own.organisation,
                by=own.user,
                center=request.build_absolute_uri("/"),
                language=translation.get_language() or "en",
                text=text,
                total=total,
            )
    except IntegrityError:
        raise members.NotPossible(
            _("Another import of your organisation is not finished. Nothing was added. Wait for its end.")
        ) from None
    go_on(begun)
    return begun


def unfinished(organisation: Organisation) -> Import | None:
    """The import that is being carried out; one whose process was ended goes on by this."""
    found = organisation.imports.filter(finished_at=None).first()
    if found is not None:
        go_on(found)
    return found


def go_on(begun: Import) -> None:
    """Work on it in a thread of this process, unless somebody does already."""
    worker = _claimed(begun.pk)
    if worker is not None:
        threading.Thread(target=_in_thread, args=(begun.pk, worker), daemon=True, name="import").start()


def finish_all() -> None:
    """Carry out here what was cut off; for the daily clearing up."""
    for begun in Import.objects.filter(finished_at=None):
        worker = _claimed(begun.pk)
        if worker is not None:
            _work(begun.pk, worker)


def _claimed(number: uuid.UUID) -> uuid.UUID | None:
    now, worker = timezone.now(), uuid.uuid4()
    free = Import.objects.filter(Q(busy_until=None) | Q(busy_until__lt=now), pk=number, finished_at=None)
    return worker if free.update(worker=worker, busy_until=now + TAKEN_OVER_AFTER) else None


def _in_thread(number: uuid.UUID, worker: uuid.UUID) -> None:
    try:
        _work(number, worker)
    finally:
        connection.close()


def _work(number: uuid.UUID, worker: uuid.UUID) -> None:
    begun = Import.objects.select_related("organisation", "by").get(pk=number)
    with translation.override(begun.language):
        try:
            lines = read_lines(begun.organisation, begun.text)
            if begun.told < begun.done:  # cut off between a part and its letters
                _tell(begun, worker, lines[begun.told : begun.done])
            while begun.done < begun.total:
                part = lines[begun.done : begun.done + PART]
                _add(begun, worker, part)
                _tell(begun, worker, part)
        except _TakenOver:
            return
    _note(begun, worker, finished_at=timezone.now(), text="")  # nothing personal is kept


@transaction.atomic
def _add(begun: Import, worker: uuid.UUID, part: Sequence[Line]) -> None:
    """One part with the count of it, or nothing; who was registered elsewhere meanwhile is left out."""
    against = members.reasons_against(begun.organisation, [line.email for line in part])
    refused = [
        {"line": line.number, "email": line.email, "reason": against[line.email]}
        for line in part
        if line.email in against
    ]
    members.add_all(begun.by, begun.organisation, [line.member for line in part if line.email not in against])
    begun.done += len(part)
    begun.refused += refused
    _note(begun, worker, done=begun.done, refused=begun.refused)


def _tell(begun: Import, worker: uuid.UUID, part: Sequence[Line]) -> None:
    refused = {one["email"] for one in begun.refused}
    added = Membership.objects.filter(
        organisation=begun.organisation, user__email__in=[line.email for line in part]
    ).select_related("user", "organisation")
    written = letters.added(
        _Noted(begun.by, begun.center), [one for one in added if one.user.email not in refused]
    )
    if not letters.send(written):
        begun.untold += len(written)
    begun.told = begun.done
    _note(begun, worker, told=begun.told, untold=begun.untold)


def _note(begun: Import, worker: uuid.UUID, **facts: object) -> None:
    mine = Import.objects.filter(pk=begun.pk, worker=worker)
    if not mine.update(busy_until=timezone.now() + TAKEN_OVER_AFTER, **facts):
        raise _TakenOver

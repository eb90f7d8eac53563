# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who asks, and from what his or her answer would be made: one statement, asked anew at every call.

Nothing about a person, a token or an organisation is remembered between two calls, so a suspended user, a
device that was signed out and a licence that was withdrawn are noticed at the next one.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, LiteralString, cast

import psycopg
from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Token
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Model

from connect_center.accounts.models import User
from connect_center.kept.models import Stamp
from connect_center.organisations.models import Membership, Organisation

HOURS = 6  # after so many an answer is made anew, counted from midnight UTC: licences begin and end then
_ORGANISATION = 6  # where its number stands in a row of the statement
_STATEMENT = """
SELECT token.data, person.is_active, person.subject, member.id, member.state, member.is_administrator,
       organisation.id, organisation.suspended, of_person.value, of_organisation.value, of_everybody.value
FROM {token} token
JOIN {person} person ON person.id = token.user_id
LEFT JOIN {member} member ON member.user_id = person.id
LEFT JOIN {organisation} organisation ON organisation.id = member.organisation_id
LEFT JOIN {stamp} of_person ON of_person.kind = 'p' AND of_person.number = person.id
LEFT JOIN {stamp} of_organisation ON of_organisation.kind = 'o' AND of_organisation.number = organisation.id
LEFT JOIN {stamp} of_everybody ON of_everybody.kind = 'e' AND of_everybody.number = 0
WHERE token.type = %s AND token.hash = %s AND (token.expires_at IS NULL OR token.expires_at > %s)
"""


@dataclass(frozen=True)
class Asking:
    """A person with a living access token; `device` is the name that the computer gave itself, or "".

    `organisation` is the number of the one that the person belongs to, in whatever state.
    """

    facts: tuple[object, ...]
    device: str
    organisation: int | None

    def version(self, *more: object) -> str:
        """Another text whenever the answer, or what it depends on beside the database, is another."""
        return hashlib.sha256(repr((self.facts, more)).encode()).hexdigest()


def asked_with(bearer: str) -> Asking | None:
    """Who shows this access token; None when it holds no longer or its person is suspended."""
    now = connection.ops.adapt_datetimefield_value(datetime.now(UTC))
    words = [Token.Type.ACCESS_TOKEN.value, get_adapter().hash_token(bearer), now]
    try:
        row = _row(words)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()  # the server was started again since the last request of this thread
        row = _row(words)
    if row is None or not row[1]:
        return None
    data, _active, *facts = row
    device = str((json.loads(data) or {}).get("device", "")) if data else ""
    return Asking(tuple(facts), device, row[_ORGANISATION])


def _row(words: list[Any]) -> tuple[Any, ...] | None:
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_statement(), words)
            return cast("tuple[Any, ...] | None", cursor.fetchone())
    # Planning takes three times as long as the rest: prepared, the statement is planned once. Whether the
    # connection lives is seen by this very statement, so it is not asked before.
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as prepared:
        prepared.execute(_statement(), words, prepare=True)
        return prepared.fetchone()


def part_of_the_day(now: datetime) -> tuple[str, int]:
    """The hours in which an answer is the same; `now` is aware."""
    moment = now.astimezone(UTC)
    return moment.date().isoformat(), moment.hour // HOURS


@cache
def _statement() -> LiteralString:
    """With the tables' names, which Django gives them."""
    tables: dict[str, type[Model]] = {
        "token": Token,
        "person": User,
        "member": Membership,
        "organisation": Organisation,
        "stamp": Stamp,
    }
    names = {name: model._meta.db_table for name, model in tables.items()}  # noqa: SLF001
    return _STATEMENT.format(**names)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Reads users from a CSV file: every line is either somebody to add or a line with its reason."""

import csv
import io
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django_countries import countries

from connect_center.organisations.members import NewMember, NotPossible, reasons_against
from connect_center.organisations.models import Organisation, Role

COLUMNS = ("name", "email", "country", "roles")
REQUIRED = ("name", "email")
LARGEST = 2 * 1024 * 1024
MOST_LINES = 10_000


@dataclass(frozen=True)
class Line:
    """One line of the file, counted as a text editor counts; `reason` says why it cannot be added."""

    number: int
    name: str
    email: str
    country: str
    roles: tuple[Role, ...] = ()
    reason: str = ""

    @property
    def member(self) -> NewMember:
        return NewMember(email=self.email, name=self.name, country=self.country, roles=self.roles)


def decoded(content: bytes) -> str:
    """The file's text; raises NotPossible with a sentence for the administrator."""
    if len(content) > LARGEST:
        raise NotPossible(_("The file is larger than 2 MB. Nothing was added. Split it."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotPossible(
            _("The file is not UTF-8 text. Nothing was added. Save it as “CSV UTF-8” and choose it again.")
        ) from None


def read_lines(organisation: Organisation, text: str) -> list[Line]:
    """Every line with its reason, if any; raises NotPossible when the text is no such table."""
    table = csv.DictReader(
        io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=_delimiter(text), strict=True
    )
    try:
        table.fieldnames = [(name or "").strip().lower() for name in table.fieldnames or []]
        missing = [name for name in REQUIRED if name not in table.fieldnames]
        if missing:
            raise NotPossible(
                _("The first line must name the columns. Missing: %(names)s. Nothing was added.")
                % {"names": ", ".join(missing)}
            )
        lines = _checked(organisation, table)
    except csv.Error as error:
        raise NotPossible(
            _("Line %(number)s cannot be read (%(reason)s). Nothing was added.")
            % {"number": table.line_num, "reason": error}
        ) from error
    if not lines:
        raise NotPossible(_("The file names no users. Nothing was added."))
    return lines


def _delimiter(text: str) -> str:
    """Spreadsheets write commas, semicolons or tabs; the line of column names tells which."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _checked(organisation: Organisation, table: "csv.DictReader[str]") -> list[Line]:
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for row in table:
        if len(lines) == MOST_LINES:
            raise NotPossible(_("The file has more than 10,000 users. Nothing was added. Split it."))
        line = _line(organisation, table.line_num, row, seen)
        seen.setdefault(line.email, line.number)
        lines.append(line)
    against = reasons_against(organisation, [line.email for line in lines if not line.reason])
    return [line if line.reason else replace(line, reason=against.get(line.email, "")) for line in lines]


def _line(organisation: Organisation, number: int, row: dict[str, str], seen: dict[str, int]) -> Line:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    email = values["email"].lower()
    country = values["country"].upper() or organisation.country
    roles, unknown = _roles(values["roles"])
    if None in row:
        reason = _("there are more values than columns")
    elif not values["name"] or len(values["name"]) > 150:  # noqa: PLR2004  # the column's length
        reason = _("the name is missing or too long")
    elif not _is_address(email):
        reason = _("“%(email)s” does not look like an e-mail address") % {"email": values["email"]}
    elif email in seen:
        reason = _("the address stands in line %(number)s already") % {"number": seen[email]}
    elif country not in countries:
        reason = _("“%(country)s” is no country code of two letters") % {"country": values["country"]}
    elif unknown:
        reason = _("there is no role “%(role)s”") % {"role": unknown}
    else:
        reason = ""  # whether the address is taken is looked up for all lines at once
    return Line(number, values["name"], email, country, roles, reason)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= 254  # noqa: PLR2004  # RFC 5321, and the column's length


def _roles(text: str) -> tuple[tuple[Role, ...], str]:
    """Roles named in full and separated by "|"; the second value is the first name that is none."""
    names = [name.strip() for name in text.split("|") if name.strip()]
    unknown = next((name for name in names if name not in Role.values), "")
    return tuple(Role(name) for name in names if name in Role.values), unknown

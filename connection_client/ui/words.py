# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What pages say of an account and its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connection_client.domain.accounts import DOWNLOAD_ROLE, Membership
from connection_client.domain.language import N_, _
from connection_client.domain.texts import explain

if TYPE_CHECKING:
    from connection_client.domain.accounts import Account, Person

_ROLES = {DOWNLOAD_ROLE: N_("You may download products")}


def problem_text(error: BaseException | None) -> str:
    """An error in a person's words, in their language; nothing for none."""
    return "" if error is None else explain(error, translate=_)


def role_in_words(role: str) -> str:
    """A role as what it lets one do; a role this client does not know keeps its name."""
    return _(_ROLES[role]) if role in _ROLES else role


def may_in_words(account: Account) -> tuple[str, ...]:
    """What the account may do, one sentence each."""
    said = tuple(role_in_words(role) for role in account.roles)
    if DOWNLOAD_ROLE not in account.roles:
        said += (_("You may not download products yet"),)
    return said


def membership_text(account: Account) -> str:
    """What keeps the account from using its organisation's licences, or nothing."""
    if account.membership is Membership.WAITING:
        return _(
            "{organisation} has to confirm that you belong to it. Installed applications stay as they are."
        ).format(organisation=account.organisation or _("Your organisation"))
    if account.membership is Membership.NONE:
        return _(
            "Your account belongs to no organisation yet. Ask your Account Administrator to add your address."
        )
    if account.membership is Membership.SUSPENDED:
        return _("Your organisation has suspended this account. Installed applications stay as they are.")
    return ""


def from_to(before: str, after: str) -> str:
    """Two versions with an arrow between them, which points to the newer one in every language."""
    return f"\u2066{before} → {after}\u2069" if before else after  # LRI and PDI of Unicode's UAX 9


def names(people: tuple[Person, ...]) -> str:
    """The names of people, or who else to ask."""
    return ", ".join(person.name or person.email for person in people) or _("your Account Administrator")

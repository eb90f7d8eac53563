# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What Account Administrators decide about members. Each decision is one transaction with its audit entry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from connect_center.accounts.models import User
from connect_center.organisations.invited import end_invitation, invite
from connect_center.organisations.models import (
    AuditEntry,
    Invitation,
    Membership,
    Organisation,
    Role,
    RoleGrant,
    RoleRequest,
)

Action = AuditEntry.Action
T = TypeVar("T")
AT_ONCE = 500


class NotPossible(Exception):
    """A decision that cannot be carried out; the text is one sentence for the administrator."""


@dataclass(frozen=True)
class NewMember:
    """Somebody to register: `email` is trimmed and in small letters, `country` an ISO 3166-1 code."""

    email: str
    name: str
    country: str
    roles: tuple[Role, ...] = ()


def record(
    actor: User | None, organisation: Organisation, action: AuditEntry.Action, subject: User, detail: str = ""
) -> None:
    """Write who decided what; without an actor it was the Center's operator."""
    by = str(actor) if actor else "CONNECT Center"
    AuditEntry.objects.create(
        organisation=organisation, actor=by, action=action, subject=str(subject), detail=detail
    )


def reason_against(organisation: Organisation, email: str) -> str:
    """Why somebody with this address cannot be added, or ""; looked up before a form or file is accepted."""
    return reasons_against(organisation, [email]).get(email, "")


def reasons_against(organisation: Organisation, emails: Sequence[str]) -> dict[str, str]:
    """The same for many addresses at once; those that can be added are not in the answer."""
    reasons = {}
    for part in _parts(emails):
        for membership in Membership.objects.filter(user__email__in=part).select_related("user"):
            email = membership.user.email
            if membership.organisation_id != organisation.pk:
                reasons[email] = _("%(email)s cannot be added: the account belongs elsewhere.")
            elif membership.state != Membership.State.WAITING:
                reasons[email] = _("%(email)s is a user of your organisation already.")
    return {email: reason % {"email": email} for email, reason in reasons.items()}


def _parts(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """So few at a time that a database takes them in one statement, and memory stays flat."""
    for start in range(0, len(things), AT_ONCE):
        yield things[start : start + AT_ONCE]


@transaction.atomic
def add(actor: User | None, organisation: Organisation, person: NewMember) -> Membership:
    """Register a person (or take in one who registered alone) as an active member with roles."""
    against = reason_against(organisation, person.email)
    if against:
        raise NotPossible(against)
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = User.objects.create_user(person.email, name=person.name, country=person.country)
    vouch_for(user)
    membership, _new = Membership.objects.update_or_create(
        user=user, defaults={"organisation": organisation, "state": Membership.State.ACTIVE}
    )
    record(actor, organisation, Action.ADDED, user)
    invite(actor, [membership])
    for role in person.roles:
        grant(actor, membership, role)
    return membership


def vouch_for(user: User) -> None:
    """Count the address as confirmed; a password that was set before that may be a stranger's, and goes."""
    address, _new = EmailAddress.objects.get_or_create(user=user, email=user.email)
    if not address.verified:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    address.verified = address.primary = True
    address.save()


@transaction.atomic
def add_all(actor: User, organisation: Organisation, people: Iterable[NewMember]) -> list[Membership]:
    """Register everybody, or nobody when one of them cannot be added."""
    everybody = list(people)
    against = reasons_against(organisation, [person.email for person in everybody])
    if against:
        raise NotPossible(next(iter(against.values())))
    added: list[Membership] = []
    for part in _parts(everybody):
        known = set(
            User.objects.filter(email__in=[person.email for person in part]).values_list("email", flat=True)
        )
        added += _add_unknown(actor, organisation, [person for person in part if person.email not in known])
        added += [add(actor, organisation, person) for person in part if person.email in known]
    return added


def _add_unknown(actor: User, organisation: Organisation, people: Sequence[NewMember]) -> list[Membership]:
    """Register people without an account, table by table: thousands take seconds."""
    users = User.objects.bulk_create(
        User(email=one.email, name=one.name, country=one.country, password=make_password(None))
        for one in people
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    memberships = Membership.objects.bulk_create(
        Membership(user=user, organisation=organisation, state=Membership.State.ACTIVE) for user in users
    )
    invite(actor, memberships)
    pairs = list(zip(memberships, people, strict=True))
    RoleGrant.objects.bulk_create(
        RoleGrant(membership=one, role=role, granted_by=actor)
        for one, person in pairs
        for role in person.roles
    )
    entries = [(one, Action.ADDED, "") for one in memberships]
    entries += [(one, Action.GRANTED, role) for one, person in pairs for role in person.roles]
    AuditEntry.objects.bulk_create(
        AuditEntry(
            organisation=organisation, actor=str(actor), action=action, subject=str(one.user), detail=detail
        )
        for one, action, detail in entries
    )
    return memberships


@transaction.atomic
def approve(actor: User | None, membership: Membership) -> None:
    """Let a waiting or suspended member in."""
    waited = membership.state == Membership.State.WAITING
    membership.state = Membership.State.ACTIVE
    membership.save(update_fields=["state"])
    record(actor, membership.organisation, Action.APPROVED if waited else Action.RESUMED, membership.user)


@transaction.atomic
def suspend(actor: User, membership: Membership) -> None:
    """Take everything a member may do, keeping the roles for later."""
    _keep_an_administrator(membership)
    membership.state = Membership.State.SUSPENDED
    membership.save(update_fields=["state"])
    record(actor, membership.organisation, Action.SUSPENDED, membership.user)


@transaction.atomic
def remove(actor: User, membership: Membership) -> None:
    """End a membership (or decline a waiting one). The person's account stays, without organisation."""
    _keep_an_administrator(membership)
    waited = membership.state == Membership.State.WAITING
    action = Action.DECLINED if waited else Action.REMOVED
    if end_invitation(membership.user_id, Invitation.End.WITHDRAWN):
        action = Action.WITHDREW_INVITATION
    record(actor, membership.organisation, action, membership.user)
    membership.delete()


@transaction.atomic
def grant(actor: User | None, membership: Membership, role: Role) -> None:
    """Give a role; an open request for it is answered by this."""
    _grant, new = RoleGrant.objects.get_or_create(
        membership=membership, role=role, defaults={"granted_by": actor}
    )
    membership.role_requests.filter(role=role, state=RoleRequest.State.OPEN).update(
        state=RoleRequest.State.APPROVED, decided_by=actor, decided_at=timezone.now()
    )
    if new:
        record(actor, membership.organisation, Action.GRANTED, membership.user, role)


@transaction.atomic
def withdraw(actor: User, membership: Membership, role: Role) -> None:
    """Take a role back."""
    deleted, _by_model = membership.grants.filter(role=role).delete()
    if deleted:
        record(actor, membership.organisation, Action.WITHDREW, membership.user, role)


@transaction.atomic
def set_administrator(actor: User | None, membership: Membership, *, administrator: bool) -> None:
    """Make a member an Account Administrator, or an ordinary member again."""
    if not administrator:
        _keep_an_administrator(membership)
    membership.is_administrator = administrator
    membership.save(update_fields=["is_administrator"])
    action = Action.MADE_ADMINISTRATOR if administrator else Action.MADE_MEMBER
    record(actor, membership.organisation, action, membership.user)


@transaction.atomic
def decide(actor: User, asked: RoleRequest, *, approved: bool) -> None:
    """Answer a request for a role."""
    if asked.state != RoleRequest.State.OPEN:
        raise NotPossible(_("This request is answered already."))
    if approved:
        grant(actor, asked.membership, Role(asked.role))
        return
    asked.state = RoleRequest.State.DECLINED
    asked.decided_by, asked.decided_at = actor, timezone.now()
    asked.save(update_fields=["state", "decided_by", "decided_at"])
    record(actor, asked.membership.organisation, Action.DECLINED, asked.membership.user, asked.role)


def _keep_an_administrator(membership: Membership) -> None:
    """Refuse what would leave an organisation without an active Account Administrator."""
    if not (membership.is_administrator and membership.state == Membership.State.ACTIVE):
        return
    others = membership.organisation.memberships.filter(is_administrator=True, state=Membership.State.ACTIVE)
    if not others.exclude(pk=membership.pk).exists():
        raise NotPossible(
            _("%(name)s is the only Account Administrator. Make somebody else one first.")
            % {"name": membership.user.name}
        )

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What makes kept answers invalid: the changes of other rooms, heard by Django's signals.

A person's own membership and account stand in the statement of `asking` itself. Here is what it does not
read.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save

from connect_center.accounts.models import User
from connect_center.delivery.models import Package, Product
from connect_center.entitlements.models import Licence, OfflineAllowance
from connect_center.kept.models import Stamp, renew
from connect_center.news.models import Message
from connect_center.organisations.models import Membership, Organisation, RoleGrant
from connect_center.policy.models import ProductPolicy, UpdatePolicy

Kind = Stamp.Kind
_OF_AN_ORGANISATION = (Licence, OfflineAllowance, UpdatePolicy, ProductPolicy)
_OF_EVERYBODY: dict[Any, tuple[str, ...]] = {
    Product: ("code",),
    Package: ("public", "release__product_id"),
}
_TELLS_NOTHING = {"last_login", "password"}  # written at each sign-in


def watch() -> None:
    """Listen from now on; called once, when the tables of all rooms are known."""
    for model in _OF_AN_ORGANISATION:
        _connect(_of_organisation, model)
    for model in _OF_EVERYBODY:
        pre_save.connect(_of_everybody_before, sender=model)
        post_delete.connect(_of_everybody, sender=model)
    _connect(_grant, RoleGrant)
    _connect(_message, Message)
    post_save.connect(_organisation, sender=Organisation)
    post_save.connect(_person, sender=User)
    post_save.connect(_member, sender=Membership)
    post_delete.connect(_member, sender=Membership)


def _connect(heard: Any, model: type[Model]) -> None:
    post_save.connect(heard, sender=model)
    post_delete.connect(heard, sender=model)


def _of_organisation(instance: Any, **_signal: Any) -> None:
    renew(Kind.ORGANISATION, [instance.organisation_id])


def _organisation(instance: Organisation, **_signal: Any) -> None:
    renew(Kind.ORGANISATION, [instance.pk])


def _person(instance: User, update_fields: frozenset[str] | None, **_signal: Any) -> None:
    if update_fields is not None and update_fields <= _TELLS_NOTHING:
        return
    renew(Kind.PERSON, [instance.pk])
    # Everybody of an organisation is told the names and addresses of its administrators.
    renew(
        Kind.ORGANISATION,
        Membership.objects.filter(user=instance, is_administrator=True).values_list(
            "organisation_id", flat=True
        ),
    )


def _member(instance: Membership, *, created: bool = False, **_signal: Any) -> None:
    renew(Kind.PERSON, [instance.user_id])
    if not created or instance.is_administrator:  # who comes last takes nobody's seat
        renew(Kind.ORGANISATION, [instance.organisation_id])


def _grant(instance: RoleGrant, **_signal: Any) -> None:
    of = Membership.objects.filter(pk=instance.membership_id)
    renew(Kind.PERSON, of.values_list("user_id", flat=True))


def _message(instance: Message, **_signal: Any) -> None:
    renew(Kind.MESSAGES, [instance.organisation_id or 0])


def _of_everybody(**_signal: Any) -> None:
    renew(Kind.EVERYBODY)


def _of_everybody_before(sender: Any, instance: Any, **_signal: Any) -> None:
    """The catalogue is mirrored again and again; only what answers depend on counts."""
    fields = _OF_EVERYBODY[sender]
    before = sender.objects.filter(pk=instance.pk).values_list(*fields).first()
    after = tuple(
        instance.release.product_id if field == "release__product_id" else getattr(instance, field)
        for field in fields
    )
    if before != after:
        renew(Kind.EVERYBODY)

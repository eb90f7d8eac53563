# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What keeps a recommended release from being installed now."""

from collections.abc import Iterable

from connection_client.domain.catalogue import Package, Product
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.recommendations import Blocker, Link
from connection_client.updates.chain import Chain
from connection_client.updates.context import Context

_HEADROOM = 32 << 20  # bytes that an installation leaves free


def blockers_of(
    product: Product, installed: InstalledProduct | None, chain: Chain, context: Context
) -> tuple[Blocker, ...]:
    """Everything in the way, what weighs most first; a person with rights can remove each one.

    What holds for the product holds for all that has to be installed with it.
    """
    packages = chain.packages
    found = [
        *((Blocker.OBSTACLE,) if any(package.obstacle for package in packages) else ()),
        *((Blocker.CATALOGUE,) if not context.catalogue_installable else ()),
        *_of_account(packages, context),
        *((Blocker.PREREQUISITE,) if chain.missing else ()),
        *((Blocker.POLICY,) if any(_is_on_hold(link, context) for link in chain.links) else ()),
        *((Blocker.NEEDS_RIGHTS,) if _lacks_rights(packages, context) else ()),
        *((Blocker.DISK,) if _lacks_space(packages, context) else ()),
    ]
    if (installed is not None and product.id in context.running) or running_before(chain.before, context):
        found.append(Blocker.APPLICATION_RUNNING)
    if context.surroundings.metered or context.surroundings.on_battery:
        found.append(Blocker.METERED)
    if any(_is_outside_window(link, context) for link in chain.links):
        found.append(Blocker.WINDOW)
    return tuple(found)


def running_before(before: Iterable[Link], context: Context) -> Link | None:
    """The first of the prerequisites whose application runs; its files are replaced, too."""
    return next((link for link in before if link.product.id in context.running), None)


def _is_on_hold(link: Link, context: Context) -> bool:
    return context.policy.rule_of(link.product.id).on_hold


def _is_outside_window(link: Link, context: Context) -> bool:
    rule = context.policy.rule_of(link.product.id)
    if rule.window is None or rule.is_due(link.release, context.now.date()):
        return False
    return not rule.window.holds(context.now.astimezone())


def _of_account(packages: tuple[Package, ...], context: Context) -> tuple[Blocker, ...]:
    if not any(package.needs_account for package in packages):
        return ()
    if context.account is None:
        return (Blocker.NOT_SIGNED_IN,)
    return () if context.account.may_download else (Blocker.ROLE_MISSING,)


def _lacks_rights(packages: tuple[Package, ...], context: Context) -> bool:
    needed = any(package.install.elevation in ("required", "self") for package in packages)
    return needed and not context.computer.can_elevate


def _lacks_space(packages: tuple[Package, ...], context: Context) -> bool:
    needed = sum(package.length + package.installed_size for package in packages)
    return context.computer.free_bytes is not None and context.computer.free_bytes < needed + _HEADROOM

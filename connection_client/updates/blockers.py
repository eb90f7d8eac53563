# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What keeps a recommended release from being installed now."""

from connection_client.domain.catalogue import Package, Product, Release
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.recommendations import Blocker
from connection_client.updates.chain import Chain
from connection_client.updates.context import Context

_HEADROOM = 32 << 20  # bytes that an installation leaves free


def blockers_of(
    product: Product, release: Release, installed: InstalledProduct | None, chain: Chain, context: Context
) -> tuple[Blocker, ...]:
    """Everything in the way, what weighs most first; a person with rights can remove each one."""
    packages = tuple(link.package for link in chain.links)
    found = [
        *((Blocker.CATALOGUE,) if not context.catalogue_installable else ()),
        *_of_account(packages, context),
        *((Blocker.PREREQUISITE,) if chain.missing else ()),
        *((Blocker.POLICY,) if context.policy.rule_of(product.id).on_hold else ()),
        *((Blocker.NEEDS_RIGHTS,) if _lacks_rights(packages, context) else ()),
        *((Blocker.DISK,) if _lacks_space(packages, context) else ()),
    ]
    if installed is not None and product.id in context.running:
        found.append(Blocker.APPLICATION_RUNNING)
    if context.surroundings.metered or context.surroundings.on_battery:
        found.append(Blocker.METERED)
    if _is_outside_window(product, release, context):
        found.append(Blocker.WINDOW)
    return tuple(found)


def _is_outside_window(product: Product, release: Release, context: Context) -> bool:
    rule = context.policy.rule_of(product.id)
    if rule.window is None or rule.is_due(release, context.now.date()):
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

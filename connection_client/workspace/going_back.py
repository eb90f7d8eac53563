# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Back to the release that was installed before, from the package that was kept."""

from connection_client.domain.catalogue import Package, Product, Release
from connection_client.domain.errors import NotInstallable
from connection_client.domain.language import N_
from connection_client.updates.context import Context
from connection_client.updates.download import KeptPackages, VerifiedFile
from connection_client.workspace.installation import Plan


def plan_back(product_id: str, context: Context, kept: KeptPackages | None) -> Plan:
    """The newest release below the installed one whose package is kept; raises NotInstallable.

    A release that the publisher withdrew, or that the trusted list does not know, is none to go back to.
    """
    product = context.catalogue.product(product_id)
    if product is None:
        reason = N_("no application has this id; products shows them all")
        raise NotInstallable(name=product_id, reason=reason)
    installed = context.newest_of(product)
    for release, package in _older(product, context):
        file = kept.of(product_id, package) if kept is not None else None
        if file is not None:
            return Plan(product, release, (package,), installed, context.catalogue, own_file=file)
    raise NotInstallable(name=product.name, reason=N_("no earlier package of it is kept"))


def earlier_version(product_id: str, context: Context, kept: KeptPackages | None) -> str:
    """The version that `plan_back` would install, as far as a look at names can say; else nothing."""
    product = context.catalogue.product(product_id)
    if product is None or kept is None:
        return ""
    older = (
        release.version_text for release, package in _older(product, context) if kept.has(product_id, package)
    )
    return next(older, "")


def close(plan: Plan) -> None:
    """Let go of the kept file."""
    own: VerifiedFile | None = plan.own_file
    if own is not None:
        own.close()


def _older(product: Product, context: Context) -> list[tuple[Release, Package]]:
    installed = context.newest_of(product)
    if installed is None or installed.version is None:
        return []
    there = {found.version for found in context.installed_of(product)}  # side by side
    older = [
        (release, package)
        for release in product.releases
        if release.version < installed.version and release.version not in there and not release.withdrawn
        for package in release.packages
        if context.computer.takes(package)
    ]
    return sorted(older, key=lambda pair: pair[0].version, reverse=True)

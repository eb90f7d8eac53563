# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What has to be there before a package: its prerequisites in order, installed together with one consent."""

from dataclasses import dataclass

from connection_client.domain.catalogue import Package, Prerequisite, Product, Release
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.recommendations import Link
from connection_client.updates.context import Context
from connection_client.updates.offering import fits_over, may_be_offered

_LONGEST = 16  # products deep; a longer chain is a mistake of the publisher


@dataclass(frozen=True)
class Chain:
    """The packages in the order of installation; `missing` names prerequisites that nothing provides."""

    links: tuple[Link, ...]
    missing: tuple[str, ...] = ()

    @property
    def packages(self) -> tuple[Package, ...]:
        """What is installed, in this order."""
        return tuple(link.package for link in self.links)

    @property
    def before(self) -> tuple[Link, ...]:
        """The prerequisites alone."""
        return self.links[:-1]


def chain_to(wanted: Link, context: Context) -> Chain:
    """The wanted package behind everything that it requires and that is not here yet."""
    links: list[Link] = []
    missing: list[str] = []
    _collect(wanted, context, links, missing, frozenset())
    return Chain(tuple(links), tuple(missing))


def _collect(
    link: Link, context: Context, links: list[Link], missing: list[str], above: frozenset[str]
) -> None:
    if any(known.product.id == link.product.id for known in links):
        return
    within = above | {link.product.id}
    for wanted in link.package.requires:
        if wanted.product_id in within or _is_met(wanted, link.package, context):
            continue
        provider = _provider(wanted, context) if len(above) < _LONGEST else None
        if provider is None:
            missing.append(wanted.product_id)
        else:
            _collect(provider, context, links, missing, within)
    links.append(link)


def _is_met(wanted: Prerequisite, package: Package, context: Context) -> bool:
    product = context.catalogue.product(wanted.product_id)
    return any(
        _is_enough(wanted, found) and _is_known_to_installer(product, found, package)
        for found in context.installed
        if found.product_id == wanted.product_id
    )


def _is_enough(wanted: Prerequisite, found: InstalledProduct) -> bool:
    if wanted.minimum is None:
        return True
    return found.version is not None and found.version >= wanted.minimum


def _is_known_to_installer(product: Product | None, found: InstalledProduct, package: Package) -> bool:
    """The system's package manager only counts what it installed itself, say not a client run from source."""
    databases = {"deb": "dpkg", "rpm": "rpm"}
    database = databases.get(package.install.kind)
    if product is None or database not in {rule.kind for rule in product.detect}:
        return True
    return any(evidence.source == database for evidence in found.evidence)


# A prerequisite comes under the same rule as a product of its own: nobody's policy, rollout or withdrawal is
# passed by through the back door. What a person skipped or put off is another matter: who installs the one
# application wants what it needs.
def _provider(wanted: Prerequisite, context: Context) -> Link | None:
    product = context.catalogue.product(wanted.product_id)
    if product is None:
        return None
    fitting = [
        (release, package)
        for release in product.releases
        if _may_provide(product, release, wanted, context)
        for package in release.packages
        if context.computer.takes(package)
    ]
    if not fitting:
        return None
    return Link(product, *max(fitting, key=lambda pair: pair[0].version))


def _may_provide(product: Product, release: Release, wanted: Prerequisite, context: Context) -> bool:
    if wanted.minimum is not None and release.version < wanted.minimum:
        return False
    installed = context.newest_of(product)
    return may_be_offered(product, release, context) and (
        installed is None or fits_over(product, release, installed, context)
    )

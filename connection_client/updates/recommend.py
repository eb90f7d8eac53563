# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which release is recommended for a product, why, and what stands in the way: one pure function."""

from collections.abc import Iterable

from connection_client.domain.catalogue import (
    SIDE_BY_SIDE,
    Package,
    Product,
    Release,
    ReleaseKind,
    Severity,
)
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.recommendations import Link, Reason, Recommendation
from connection_client.domain.versions import Order, Version, compare
from connection_client.updates.blockers import blockers_of
from connection_client.updates.chain import chain_to
from connection_client.updates.context import Context
from connection_client.updates.offering import fits_over, may_be_offered

_RANK = {Severity.OPTIONAL: 0, Severity.RECOMMENDED: 1, Severity.CRITICAL: 2}


def recommend(
    product: Product, installed: InstalledProduct | None, context: Context
) -> Recommendation | None:
    """The release to install over `installed`, or at all where that is None; None where all is well.

    Nothing follows a version that cannot be compared, or one beside which the newer one is installed already.
    """
    if _is_left_alone(product, installed, context):
        return None
    if (found := _release_to_show(product, installed, context)) is None:
        return None
    release, package = found
    due = installed is not None and context.policy.rule_of(product.id).is_due(release, context.now.date())
    put_off = not (context.manual or due) and context.choices.waits(product.id, context.now)
    passed = passed_over(product, installed, release)
    severity = Severity.CRITICAL if due else _severity(installed, passed)
    if put_off or (severity is not Severity.CRITICAL and _is_skipped(product, release, context)):
        return None
    chain = chain_to(Link(product, release, package), context)
    return Recommendation(
        product=product,
        release=release,
        package=package,
        severity=severity,
        reasons=_reasons(product, installed, release, passed, context, due=due),
        blockers=blockers_of(product, installed, chain, context),
        installed=installed,
        chain=chain.packages,
        before=chain.before,
    )


def _release_to_show(
    product: Product, installed: InstalledProduct | None, context: Context
) -> tuple[Release, Package] | None:
    return best_release(product, installed, context) or _hindered_release(product, installed, context)


def _is_left_alone(product: Product, installed: InstalledProduct | None, context: Context) -> bool:
    if product.id in context.choices.ignored or (installed is not None and installed.version is None):
        return True
    # Who works with what was superseded still gets its corrections; nobody is led to begin with it.
    return installed is None and _is_superseded(product, context)


def best_release(
    product: Product, installed: InstalledProduct | None, context: Context
) -> tuple[Release, Package] | None:
    """The newest release that may be offered, updates in place before upgrades beside."""
    replaces_withdrawn = installed is not None and _is_withdrawn(product, installed.version)
    upgrade: tuple[Release, Package] | None = None
    # The newest first: of a hundred releases few are looked at.
    for release in sorted(product.releases, key=lambda one: one.version.parts, reverse=True):
        if not _is_offered(product, release, installed, context, replaces_withdrawn=replaces_withdrawn):
            continue
        package = _fitting(release, context)
        if package is None or _is_behind_what_is_beside(product, release, package, context):
            continue
        if installed is None or release.kind is ReleaseKind.UPDATE:
            return release, package
        upgrade = upgrade or (release, package)
    return upgrade


def _hindered_release(
    product: Product, installed: InstalledProduct | None, context: Context
) -> tuple[Release, Package] | None:
    """The newest release for this computer that this client cannot install: shown, with a blocker.

    Only where there is no other, so that it never stands before one that helps.
    """
    back = installed is not None and _is_withdrawn(product, installed.version)
    hindered = (
        (release, package)
        for release in product.releases
        if any(package.obstacle for package in release.packages)
        and _is_offered(product, release, installed, context, replaces_withdrawn=back)
        for package in release.packages
        if package.obstacle and context.computer.is_meant(package)
    )
    return max(hindered, key=lambda pair: pair[0].version, default=None)


def _is_behind_what_is_beside(product: Product, release: Release, package: Package, context: Context) -> bool:
    """A version that would only be put beside a newer one, which is there, is of no use."""
    return package.install.behaviour == SIDE_BY_SIDE and any(
        found.version is not None and found.version > release.version
        for found in context.installed_of(product)
    )


def _is_superseded(product: Product, context: Context) -> bool:
    """Whether a product that takes its place is installed, or offered, in a version that says so."""
    for successor in context.catalogue.successors.get(product.id, ()):
        if _supersedes(product, successor):
            continue  # the publisher's mistake: each in the place of the other would leave neither
        here = context.newest_of(successor)
        found = (
            best_release(successor, here, context) if successor.id not in context.choices.ignored else None
        )
        versions = [found[0].version] if found is not None else []
        versions += [here.version] if here is not None and here.version is not None else []
        if any(_supersedes(successor, product, version) for version in versions):
            return True
    return False


def _supersedes(product: Product, other: Product, version: Version | None = None) -> bool:
    """Whether a release of the product, up to that version, takes the place of the other."""
    return any(
        other.id in release.supersedes and (version is None or release.version <= version)
        for release in product.releases
    )


def _fitting(release: Release, context: Context) -> Package | None:
    fitting = [package for package in release.packages if context.computer.takes(package)]
    exact = (package for package in fitting if package.architecture == context.computer.architecture)
    return next(exact, next(iter(fitting), None))


def _is_offered(
    product: Product,
    release: Release,
    installed: InstalledProduct | None,
    context: Context,
    *,
    replaces_withdrawn: bool,
) -> bool:
    if not may_be_offered(product, release, context, replaces_withdrawn=replaces_withdrawn):
        return False
    if installed is None:
        return True
    return _follows(product, release, installed, context, replaces_withdrawn=replaces_withdrawn)


def _follows(
    product: Product,
    release: Release,
    installed: InstalledProduct,
    context: Context,
    *,
    replaces_withdrawn: bool,
) -> bool:
    version = installed.version
    if version is None or not (replaces_withdrawn or compare(version, release.version) is Order.OLDER):
        return False
    if any(found.version == release.version for found in context.installed_of(product)):
        return False
    return fits_over(product, release, installed, context)


def _is_withdrawn(product: Product, version: Version | None) -> bool:
    return any(release.withdrawn and release.version == version for release in product.releases)


def _is_skipped(product: Product, release: Release, context: Context) -> bool:
    return not context.manual and (product.id, release.version_text) in context.choices.skipped


def passed_over(
    product: Product, installed: InstalledProduct | None, release: Release
) -> tuple[Release, ...]:
    """The releases that `release` brings: itself and those between it and what is installed."""
    if installed is None or installed.version is None:
        return (release,)
    between = [
        other
        for other in product.releases
        if installed.version < other.version <= release.version
        and other.channel == release.channel
        and not other.withdrawn
    ]
    return tuple(between) or (release,)


def _severity(installed: InstalledProduct | None, passed: Iterable[Release]) -> Severity:
    """A critical release that was missed still counts in the newer one that replaced it."""
    worst = Severity.OPTIONAL
    for release in passed:
        below = release.critical_below
        urgent = installed is not None and installed.version and below and installed.version < below
        worst = max(worst, Severity.CRITICAL if urgent else release.severity, key=_RANK.__getitem__)
    return worst


def _reasons(
    product: Product,
    installed: InstalledProduct | None,
    release: Release,
    passed: Iterable[Release],
    context: Context,
    *,
    due: bool,
) -> tuple[Reason, ...]:
    if installed is None or installed.version is None:
        return (Reason.NOT_INSTALLED,)
    version, today = installed.version, context.now.date()
    reasons = []
    if version < release.version:
        reasons.append(Reason.NEWER)
    if _is_withdrawn(product, version):
        reasons.append(Reason.WITHDRAWN)
    if any(other.cves for other in passed):
        reasons.append(Reason.SECURITY)
    if any(end.date <= today and end.versions.holds(version) for end in product.end_of_support):
        reasons.append(Reason.END_OF_SUPPORT)
    if due:
        reasons.append(Reason.DEADLINE)
    return tuple(reasons)

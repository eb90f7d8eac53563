# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether a release may be offered here at all: one rule for what is wanted and for what that needs."""

from connection_client.domain.catalogue import Product, Release
from connection_client.domain.installed import InstalledProduct
from connection_client.updates.choices import Unmoved
from connection_client.updates.context import Context
from connection_client.updates.rollout import is_in_rollout


def may_be_offered(
    product: Product, release: Release, context: Context, *, replaces_withdrawn: bool = False
) -> bool:
    """What publisher and organisation say: withdrawn, channel, hidden, age, ring and rollout.

    `replaces_withdrawn` leads away from a release that must not stay, and waits for no rollout.
    """
    rule = context.policy.rule_of(product.id)
    if rule.hidden or release.withdrawn or release.channel not in (rule.channels or context.channels):
        return False
    if rule.offered_from(release, context.policy.ring) > context.now.date():
        return False
    return context.manual or replaces_withdrawn or is_in_rollout(product, release, context.choices.computer)


def fits_over(product: Product, release: Release, installed: InstalledProduct, context: Context) -> bool:
    """Whether the release is meant for that version, and did not leave it in place before."""
    version = installed.version
    if release.applies_to is not None and not (version is not None and release.applies_to.holds(version)):
        return False
    return Unmoved(product.id, release.version_text, installed.version_text) not in context.choices.unmoved

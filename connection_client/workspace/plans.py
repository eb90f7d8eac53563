# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an installation will do, from a recommendation or from a file that an administrator gave."""

from typing import BinaryIO

from connection_client.domain.errors import NotInstallable
from connection_client.domain.language import N_
from connection_client.domain.recommendations import Link, Recommendation
from connection_client.updates.chain import chain_to
from connection_client.updates.context import Context
from connection_client.workspace.files import verified
from connection_client.workspace.installation import Plan
from connection_client.workspace.view import FileMatch


def plan_of(recommendation: Recommendation, context: Context) -> Plan:
    """Bring the recommended release with all that it needs."""
    return Plan(
        recommendation.product,
        recommendation.release,
        recommendation.chain,
        recommendation.installed,
        context.catalogue,
        recommendation.before,
    )


def plan_of_file(match: FileMatch, handle: BinaryIO, context: Context) -> Plan:
    """Install the open file with all that it needs; raises NotInstallable where something is not offered."""
    chain = chain_to(Link(match.product, match.release, match.package), context)
    if chain.missing:
        reason = N_("something that it needs is not offered")
        raise NotInstallable(name=match.product.name, reason=reason)
    return Plan(
        match.product,
        match.release,
        chain.packages,
        context.newest_of(match.product),
        context.catalogue,
        chain.before,
        own_file=verified(match, handle),
    )

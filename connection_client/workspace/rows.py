# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""From the state of the world to the rows that people see: pure."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from connection_client.domain.entitlements import Entitlement
from connection_client.domain.installed import OWN_PRODUCT
from connection_client.domain.recommendations import Reason
from connection_client.updates.context import Context
from connection_client.updates.recommend import recommend
from connection_client.workspace.view import Row


def rows_of(context: Context, entitlement_of: Callable[[str], Entitlement | None]) -> tuple[Row, ...]:
    """What is installed, then what could be, each in the catalogue's order."""
    rows = (*_installed(context, entitlement_of), *_available(context, entitlement_of))
    needed = {
        (link.product.id, link.release.version_text)
        for row in rows
        if row.installed is not None and row.recommendation is not None
        for link in row.recommendation.before
    }
    return tuple(_with_reason(row, needed) for row in rows) if needed else rows


def _with_reason(row: Row, needed: Collection[tuple[str, str]]) -> Row:
    """The row, saying so where an update of something that is installed cannot do without its release."""
    offer = row.recommendation
    if offer is None or (offer.product.id, offer.release.version_text) not in needed:
        return row
    return replace(row, recommendation=replace(offer, reasons=(*offer.reasons, Reason.PREREQUISITE)))


def _installed(context: Context, entitlement_of: Callable[[str], Entitlement | None]) -> Iterator[Row]:
    for product in context.catalogue.products:
        for found in context.installed_of(product):
            offer = recommend(product, found, context)
            if product.id == OWN_PRODUCT:
                yield Row(product.id, product.name, replace(found, launch=None), offer, None)
            else:
                yield Row(product.id, product.name, found, offer, entitlement_of(product.id))


def _available(context: Context, entitlement_of: Callable[[str], Entitlement | None]) -> Iterator[Row]:
    for product in context.catalogue.products:
        if not context.installed_of(product):
            offer = recommend(product, None, context)
            if offer is not None:
                entitlement = entitlement_of(product.id)
                yield Row(product.id, product.name, None, offer, entitlement)

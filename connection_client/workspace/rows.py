# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""From the state of the world to the rows that people see: pure."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from connection_client.domain.entitlements import Entitlement
from connection_client.domain.installed import OWN_PRODUCT
from connection_client.updates.context import Context
from connection_client.updates.recommend import recommend
from connection_client.workspace.view import Row


def rows_of(context: Context, entitlement_of: Callable[[str], Entitlement | None]) -> tuple[Row, ...]:
    """What is installed, then what could be, each in the catalogue's order."""
    return (*_installed(context, entitlement_of), *_available(context, entitlement_of))


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

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A computer, a person, and what is offered to them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from connection_client.domain.accounts import DOWNLOAD_ROLE, Account, Membership
from connection_client.domain.catalogue import Catalogue
from connection_client.domain.installed import Evidence, InstalledProduct
from connection_client.domain.recommendations import Recommendation
from connection_client.domain.versions import Version
from connection_client.updates.choices import Choices
from connection_client.updates.context import Computer, Context
from connection_client.updates.recommend import recommend
from tests.world.catalogues import Json, catalogue, product_json

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


LINUX = Computer("linux", "x64", installs=frozenset({"deb"}))


ACCOUNT = Account("i", "s", "a@b.example", "A", Membership.ACTIVE, roles=(DOWNLOAD_ROLE,))


def installed(version: str, product_id: str = "viewer", source: str = "dpkg") -> InstalledProduct:
    return InstalledProduct(product_id, Version.parse(version), version, (Evidence(source, "x", version),))


def context(whole: Catalogue, *found: InstalledProduct, **changes: Any) -> Context:
    plain = Context(whole, found, LINUX, Choices("this-computer"), NOW, ACCOUNT)
    return replace(plain, **changes)


def offer(found: InstalledProduct | None, *releases: Json, **changes: Any) -> Recommendation | None:
    whole = catalogue(product_json("viewer", *releases, **changes.pop("product", {})))
    world = context(whole, *([found] if found is not None else []), **changes)
    return recommend(whole.products[0], found, world)


def offered(found: InstalledProduct | None, *releases: Json, **changes: Any) -> str:
    recommendation = offer(found, *releases, **changes)
    return recommendation.release.version_text if recommendation is not None else ""

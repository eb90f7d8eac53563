# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where the catalogue comes from, as this room sees it."""

from typing import Protocol

from connection_client.domain.catalogue import CatalogueState


class CatalogueSource(Protocol):
    """The publisher's catalogue, verified before anything here sees it."""

    def cached(self) -> CatalogueState | None:
        """The catalogue verified last, without network; None where there never was one."""
        ...

    def refresh(self) -> CatalogueState:
        """Ask for the newest; raises CatalogueError or NetworkError, and the cached one stays."""
        ...

    def icon(self, product_id: str) -> bytes:
        """The picture that the publisher signed for a product (PNG or SVG), asked for where it is not here.

        Empty where there is none; raises CatalogueError or NetworkError.
        """
        ...

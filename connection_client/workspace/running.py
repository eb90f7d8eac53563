# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Applications of the list that run now: named by their windows, asked to close, never ended."""

from collections.abc import Callable
from dataclasses import dataclass

from connection_client.domain.installed import OWN_PRODUCT, InstalledProduct
from connection_client.updates.install import Applications
from connection_client.workspace.view import View


@dataclass(frozen=True)
class RunningApplications:
    """Looks at what the list has found; cheap enough to be asked every few seconds.

    With a product come those that have to be updated with it: their files are replaced as well.
    """

    view: Callable[[], View]
    applications: Applications

    def runs(self, product_id: str) -> bool:
        """Whether any installed version of it runs."""
        return bool(self.applications.running(self._installed(product_id)))

    def titles(self, product_id: str) -> tuple[str, ...]:
        """What stands above its windows; nothing where the system does not tell."""
        found = (self.applications.titles(one) for one in self._installed(product_id))
        return tuple(title for each in found for title in each)

    def ask_to_close(self, product_id: str) -> bool:
        """Ask its windows to close, as their crosses do; False where none can be asked."""
        asked = [self.applications.ask_to_close(one) for one in self._installed(product_id)]
        return any(asked)

    def _installed(self, product_id: str) -> list[InstalledProduct]:
        rows = self.view().rows
        wanted = (row.recommendation for row in rows if row.product_id == product_id)
        before = (link.product.id for one in wanted if one is not None for link in one.before)
        # The client itself is always there, and is not asked to close by itself.
        ids = {product_id, *before} - ({OWN_PRODUCT} - {product_id})
        return [row.installed for row in rows if row.product_id in ids and row.installed is not None]

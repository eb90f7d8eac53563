# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a way of finding installed programs has to answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from connection_client.domain.catalogue import Product
from connection_client.domain.installed import Evidence, LaunchTarget


@dataclass(frozen=True)
class Finding:
    """One source's word that a product is here; `strength` is the rule's place in the catalogue, 0 first."""

    product_id: str
    strength: int
    version_text: str
    evidence: Evidence
    launch: LaunchTarget | None = None


class Detector(Protocol):
    """One source of this computer: the package database, the registry, the program's own files."""

    def find(self, products: Sequence[Product]) -> Iterable[Finding]:
        """Everything that this source knows of `products`; an unreadable source finds nothing."""
        ...

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the doors show: frozen values that are replaced as a whole, never changed."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from connection_client.domain.catalogue import Package, Product, Release
from connection_client.domain.entitlements import Entitlement
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.progress import Progress
from connection_client.domain.recommendations import Recommendation
from connection_client.updates.history import HistoryEntry

__all__ = ["FileMatch", "HistoryEntry", "InstallReport", "Row", "View"]


@dataclass(frozen=True)
class Row:
    """One application: an installed version, or one that could be installed; `busy` while work is on.

    `earlier` is the version to which one can go back.
    """

    product_id: str
    name: str
    installed: InstalledProduct | None = None
    recommendation: Recommendation | None = None
    entitlement: Entitlement | None = None
    busy: Progress | None = None
    earlier: str = ""


@dataclass(frozen=True)
class View:
    """All rows; the list was last vouched for at `confirmed_at`; `problem` kept it from being newer.

    `pace` is how many bytes a second the last downloads brought; 0.0 where nothing was measured.
    """

    rows: tuple[Row, ...] = ()
    confirmed_at: datetime | None = None
    problem: Exception | None = None
    pace: float = 0.0

    def row(self, product_id: str) -> Row | None:
        """The row of a product: of several versions side by side, the one with something to install."""
        rows = [row for row in self.rows if row.product_id == product_id]
        return next((row for row in rows if row.recommendation is not None), next(iter(rows), None))


@dataclass(frozen=True)
class InstallReport:
    """A finished installation: the versions as texts, `before` empty where nothing was there.

    `restart`: it is whole only after the computer was started anew. `goes_on`: the setup, which replaces
    this program, installs `after` once this program has ended; the history tells later whether it did.
    """

    product_id: str
    name: str
    before: str
    after: str
    log: Path | None = None
    restart: bool = False
    goes_on: bool = False


@dataclass(frozen=True)
class FileMatch:
    """A file that the trusted catalogue knows, by its length and SHA-256."""

    path: Path
    product: Product
    release: Release
    package: Package

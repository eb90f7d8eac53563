# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is recommended for an installed or available product, why, and what stands in the way."""

from dataclasses import dataclass
from enum import StrEnum

from connection_client.domain.catalogue import Package, Product, Release, Severity
from connection_client.domain.installed import InstalledProduct


class Reason(StrEnum):
    """Why a release is recommended."""

    NEWER = "newer"
    SECURITY = "security"
    END_OF_SUPPORT = "end-of-support"
    WITHDRAWN = "withdrawn"
    PREREQUISITE = "prerequisite"
    NOT_INSTALLED = "not-installed"
    DEADLINE = "deadline"


class Blocker(StrEnum):
    """What keeps a recommended release from being installed now."""

    ROLE_MISSING = "role-missing"
    NOT_SIGNED_IN = "not-signed-in"
    APPLICATION_RUNNING = "application-running"
    NEEDS_RIGHTS = "needs-rights"
    DISK = "disk"
    METERED = "metered"
    POLICY = "policy"
    WINDOW = "maintenance-window"
    CATALOGUE = "catalogue"
    PREREQUISITE = "prerequisite-missing"


LATER = frozenset({Blocker.METERED, Blocker.WINDOW})
"""What only makes an unattended installation wait: a person may go on at once."""


@dataclass(frozen=True)
class Recommendation:
    """A release to install for a product; `chain` lists all packages in order, prerequisites first."""

    product: Product
    release: Release
    package: Package
    severity: Severity
    reasons: tuple[Reason, ...]
    blockers: tuple[Blocker, ...] = ()
    installed: InstalledProduct | None = None
    chain: tuple[Package, ...] = ()

    @property
    def needs_rights(self) -> bool:
        """Whether an administrator's password may be asked for: once, for all of the chain."""
        packages = self.chain or (self.package,)
        return any(package.install.elevation in ("required", "self") for package in packages)

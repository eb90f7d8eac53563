# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Everything besides the product that a recommendation depends on, as one frozen value."""

from dataclasses import dataclass, field
from datetime import datetime

from connection_client.domain.accounts import Account
from connection_client.domain.catalogue import Catalogue, Package, Product
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.versions import Version
from connection_client.updates.choices import Choices
from connection_client.updates.policy import UpdatePolicy

STABLE = "stable"
"""The channel of those who chose none."""

_ANY_ARCHITECTURE = ("any", "universal")


@dataclass(frozen=True)
class Computer:
    """What packages have to fit: `os` and `architecture` in the catalogue's words.

    `installs` are the kinds of packages that can be handed to an installer here.
    """

    os: str
    architecture: str
    os_version: Version | None = None
    installs: frozenset[str] = frozenset()
    can_elevate: bool = True
    free_bytes: int | None = None

    def takes(self, package: Package) -> bool:
        """Whether the package is meant for this computer and can be installed on it."""
        return not package.obstacle and package.install.kind in self.installs and self.is_meant(package)

    def is_meant(self, package: Package) -> bool:
        """Whether it is made for such a computer, whatever kind of package it is."""
        return (
            package.os == self.os
            and package.architecture in (self.architecture, *_ANY_ARCHITECTURE)
            and self._is_between(package.min_os, package.max_os)
        )

    def _is_between(self, lowest: str, highest: str) -> bool:
        if self.os_version is None or not (lowest or highest):
            return True
        bottom, top = Version.parse(lowest), Version.parse(highest)
        return (bottom is None or bottom <= self.os_version) and (top is None or self.os_version <= top)


@dataclass(frozen=True)
class Surroundings:
    """What downloads cost here and now: a metered network, a battery that empties."""

    metered: bool = False
    on_battery: bool = False


@dataclass(frozen=True)
class Context:
    """The state of the world at `now` (aware); `manual` is a check that a person asked for."""

    catalogue: Catalogue
    installed: tuple[InstalledProduct, ...]
    computer: Computer
    choices: Choices
    now: datetime
    account: Account | None = None
    channels: frozenset[str] = frozenset({STABLE})
    running: frozenset[str] = frozenset()
    catalogue_installable: bool = True
    manual: bool = False
    policy: UpdatePolicy = field(default_factory=UpdatePolicy)
    surroundings: Surroundings = field(default_factory=Surroundings)

    def installed_of(self, product: Product) -> tuple[InstalledProduct, ...]:
        """All versions of the product that are installed, side by side."""
        return tuple(found for found in self.installed if found.product_id == product.id)

    def newest_of(self, product: Product) -> InstalledProduct | None:
        """The newest installed version; one that cannot be compared only where there is no other."""
        found = self.installed_of(product)
        comparable = [(one.version.parts, one) for one in found if one.version is not None]
        newest = max(comparable, key=lambda pair: pair[0], default=None)
        return newest[1] if newest is not None else next(iter(found), None)

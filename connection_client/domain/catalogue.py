# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The publisher's catalogue after it was verified and parsed: products, releases, packages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from connection_client.domain.versions import Version

SIDE_BY_SIDE = "side-by-side"
"""The version before stays where it is."""

UNINSTALL_PREVIOUS = "uninstall-previous"
"""Nothing of the version before may be left."""


class Severity(StrEnum):
    """How much a release matters."""

    CRITICAL = "critical"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class ReleaseKind(StrEnum):
    """An update replaces in place; an upgrade is a new major version that installs beside."""

    UPDATE = "update"
    UPGRADE = "upgrade"


@dataclass(frozen=True)
class DetectRule:
    """One way to find a product on a computer: `kind` is the catalogue's `type`, the rest its fields."""

    kind: str
    value: str = ""
    name: str = ""
    publisher: str = ""
    exclude: str = ""
    path: str = ""


@dataclass(frozen=True)
class VersionRange:
    """`at_least` included, `below` excluded; None leaves that side open."""

    at_least: Version | None = None
    below: Version | None = None

    def holds(self, version: Version) -> bool:
        """Whether `version` lies inside."""
        above = self.at_least is None or version >= self.at_least
        return above and (self.below is None or version < self.below)


@dataclass(frozen=True)
class Prerequisite:
    """A product that must be there first, at least in version `minimum`."""

    product_id: str
    minimum: Version | None = None


@dataclass(frozen=True)
class InstallRecipe:
    """How a package is installed: argument lists only, never a shell."""

    kind: str
    scope: str = "machine"
    elevation: str = "required"
    arguments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exit_codes: Mapping[int, str] = field(default_factory=dict)
    close_applications: tuple[str, ...] = ()
    behaviour: str = "replace"


@dataclass(frozen=True)
class Package:
    """A file to install; `obstacle` says why this client cannot install it, or is empty."""

    os: str
    architecture: str
    path: str
    filename: str
    length: int
    sha256: str
    install: InstallRecipe
    needs_account: bool = False
    min_os: str = ""
    max_os: str = ""
    installed_size: int = 0
    requires: tuple[Prerequisite, ...] = ()
    signer: Mapping[str, str] = field(default_factory=dict)
    obstacle: str = ""


@dataclass(frozen=True)
class Release:
    """One version of a product that the publisher offers, or has withdrawn."""

    version: Version
    version_text: str
    channel: str
    date: date
    severity: Severity
    packages: tuple[Package, ...]
    label: str = ""
    kind: ReleaseKind = ReleaseKind.UPDATE
    applies_to: VersionRange | None = None
    critical_below: Version | None = None
    rollout_percent: int = 100
    rollout_salt: str = ""
    withdrawn: str = ""
    notes_url: str = ""
    notes_summary: str = ""
    cves: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()


@dataclass(frozen=True)
class EndOfSupport:
    """From `date` on the publisher no longer looks after `versions`."""

    versions: VersionRange
    date: date
    url: str = ""


@dataclass(frozen=True)
class Product:
    """An application of the publisher; `launch` names its desktop entry or program where known."""

    id: str
    name: str
    detect: tuple[DetectRule, ...]
    releases: tuple[Release, ...] = ()
    version_aliases: Mapping[str, str] = field(default_factory=dict)
    comparable: bool = True
    end_of_support: tuple[EndOfSupport, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All products; `skipped` says of each entry that was lost why, so that no other one is."""

    publisher: str
    products: tuple[Product, ...]
    min_client: str = ""
    skipped: tuple[str, ...] = ()

    @cached_property
    def successors(self) -> Mapping[str, tuple[Product, ...]]:
        """For the id of each superseded product those with a release that supersedes it."""
        found: dict[str, dict[str, Product]] = {}
        for product in self.products:
            for release in product.releases:
                for superseded in release.supersedes:
                    found.setdefault(superseded, {})[product.id] = product
        return {superseded: tuple(by.values()) for superseded, by in found.items()}

    def product(self, product_id: str) -> Product | None:
        """The product of that id."""
        return next((product for product in self.products if product.id == product_id), None)


@dataclass(frozen=True)
class CatalogueState:
    """The catalogue in use, when it was last confirmed, and what kept a newer one away."""

    catalogue: Catalogue
    confirmed_at: datetime | None = None
    installable: bool = True
    problem: Exception | None = None

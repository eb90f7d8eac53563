# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The shape of the catalogue's JSON, version 1: what each field may hold, checked while it is decoded."""

import datetime as dt
import re
from typing import Annotated, Final

from msgspec import Meta, Raw, Struct, field

SYSTEMS: Final = frozenset({"windows", "macos", "linux"})
ARCHITECTURES: Final = frozenset({"x64", "x86", "arm64", "universal", "any"})
AUTHORISATIONS: Final = frozenset({"none", "account"})
KINDS: Final = frozenset(
    {"msi", "burn", "inno", "nsis", "exe", "msix", "pkg", "dmg-app", "deb", "rpm", "appimage", "flatpak"}
    | {"open"}
)
SCOPES: Final = frozenset({"machine", "user"})
ELEVATIONS: Final = frozenset({"required", "self", "none", "prohibited"})
BEHAVIOURS: Final = frozenset({"replace", "side-by-side", "uninstall-previous"})
# One file, bundle or package of that name is there at a time.
IN_PLACE: Final = frozenset({"appimage", "dmg-app", "flatpak", "msix"})
# What is installed takes the place of the version before as a whole, of itself: Windows Installer and the
# package managers remove what the new version has no more.
REMOVING: Final = IN_PLACE | {"msi", "deb", "rpm"}
OUTCOMES: Final = frozenset(
    {
        "ok",
        "reboot-required",
        "reboot-started",
        "cancelled",
        "busy",
        "in-use",
        "already-installed",
        "newer-installed",
        "disk-full",
        "blocked-by-policy",
        "unsupported",
        "failed",
    }
)

# Python's `$` also stands before a closing line feed; `\Z` does not.
# Short texts that come ten thousand times, but few different ones: whoever reads them checks each once.
ID: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,79}")
VERSION: Final = re.compile(r"[0-9]+(\.[0-9]+){0,4}")
CHANNEL: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")
Https = Annotated[str, Meta(pattern=r"^(https://|\Z)")]
Range = Annotated[str, Meta(pattern=r"^(>=|<)[0-9.]+(,<[0-9.]+)?\Z")]
FilePath = Annotated[str, Meta(pattern=r"^(?!.*(\.\.|//|\\))[A-Za-z0-9][A-Za-z0-9._/-]*\Z", max_length=400)]
FileName = Annotated[
    str,
    Meta(pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,120}\.(exe|msi|msix|pkg|dmg|deb|rpm|AppImage|flatpak))?\Z"),
]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Length = Annotated[int, Meta(ge=1, le=1 << 50)]
Argument = Annotated[str, Meta(max_length=260, pattern=r"^[^\x00]*\Z")]
ArgumentList = Annotated[tuple[Argument, ...], Meta(max_length=32)]
ExitCode = Annotated[str, Meta(pattern=r"^-?[0-9]{1,10}\Z")]
ProgramName = Annotated[str, Meta(pattern=r"^[^\\/]+\Z", max_length=260)]


class OnlyId(Struct, gc=False):
    """As much of a product as names it."""

    id: str


class Document(Struct, gc=False):
    """The whole; products stay undecoded here, so that a bad one loses only itself."""

    schema: int
    publisher: str
    products: list[Raw]
    min_client: str = ""


class Rule(Struct, gc=False):
    """One way to find the product."""

    type: str
    value: str = ""
    name: Annotated[str, Meta(max_length=200)] = ""
    publisher: str = ""
    exclude: str = ""
    path: str = ""


class Support(Struct, gc=False):
    """When the publisher stops looking after versions."""

    versions: Range
    date: dt.date
    url: Https = ""


class Rollout(Struct, gc=False):
    """The share of computers that a release has reached."""

    percent: Annotated[int, Meta(ge=0, le=100)]
    salt: str = ""


class Withdrawn(Struct, gc=False):
    """Why a release is not offered any more."""

    reason: str
    url: Https = ""


class Notes(Struct, gc=False):
    """What is new."""

    url: Https = ""
    summary: Annotated[str, Meta(max_length=600)] = ""
    cves: tuple[str, ...] = ()


class Required(Struct, gc=False):
    """A product that has to be there first."""

    id: str
    min: str | None = None


class Arguments(Struct, gc=False):
    """Argument lists by the way of installing."""

    interactive: ArgumentList | None = None
    passive: ArgumentList | None = None
    silent: ArgumentList | None = None
    log: ArgumentList | None = None


class Install(Struct, gc=False):
    """How a package is installed."""

    type: str
    scope: str = "machine"
    elevation: str = "required"
    args: Arguments = field(default_factory=Arguments)
    exit_codes: dict[ExitCode, str] = field(default_factory=dict)
    close_apps: tuple[ProgramName, ...] = ()
    behaviour: str = "replace"


class Package(Struct, gc=False):
    """One file of a release."""

    os: str
    arch: str
    path: FilePath
    length: Length
    sha256: Sha256
    install: Install
    min_os: str = ""
    max_os: str = ""
    filename: FileName = ""
    installed_size: Annotated[int, Meta(ge=0, le=1 << 50)] = 0
    auth: str = "none"
    requires: tuple[Required, ...] = ()
    signer: dict[str, str] = field(default_factory=dict)


class Release(Struct, gc=False):
    """One version."""

    version: str
    channel: str
    date: dt.date
    severity: str
    packages: Annotated[tuple[Package, ...], Meta(min_length=1)]
    label: str = ""
    kind: str = "update"
    applies_to: Range | None = None
    critical_below: str | None = None
    rollout: Rollout | None = None
    withdrawn: Withdrawn | None = None
    supersedes: tuple[str, ...] = ()
    notes: Notes = field(default_factory=Notes)


class Product(Struct, gc=False):
    """One application."""

    id: str
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    detect: Annotated[tuple[Rule, ...], Meta(min_length=1)]
    releases: tuple[Release, ...]
    version_scheme: str = "dotted"
    version_aliases: dict[str, str] = field(default_factory=dict)
    end_of_support: tuple[Support, ...] = ()

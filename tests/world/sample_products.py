# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a believable computer has installed, is offered and may use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import cast

from connection_client.domain.accounts import DOWNLOAD_ROLE, Account, Membership, Person
from connection_client.domain.catalogue import InstallRecipe, Package, Product, Release, Severity
from connection_client.domain.entitlements import Entitlement, Refusal
from connection_client.domain.installed import Evidence, InstalledProduct, LaunchTarget
from connection_client.domain.recommendations import Blocker, Reason, Recommendation
from connection_client.domain.versions import Version
from connection_client.workspace.view import Row

ANA = Person("Ana Lima", "ana@lima-survey.example")


RUI = Person("Rui Costa", "rui@lima-survey.example")


SOFIA = Account(
    "http://127.0.0.1",
    "7f1c",
    "sofia.marques@lima-survey.example",
    "Sofia Marques",
    Membership.ACTIVE,
    "Lima Survey",
    "PT",
    (DOWNLOAD_ROLE,),
    (ANA, RUI),
)


NOW = datetime.now(UTC)


def _package(name: str, version: str, size: int) -> Package:
    filename = f"{name}_{version}_all.deb"
    return Package(
        "linux",
        "any",
        f"files/{filename}",
        filename,
        size,
        "0" * 64,
        InstallRecipe("deb"),
        needs_account=True,
    )


def product(product_id: str, name: str, version: str, size: int, news: str, severity: Severity) -> Product:
    """A product of the sample catalogue with one release."""
    release = Release(
        cast("Version", Version.parse(version)),
        version,
        "stable",
        date(2026, 11, 17),
        severity,
        (_package(product_id, version, size),),
        notes_summary=news,
        notes_url=f"https://center.example/notes/{product_id}",
    )
    return Product(product_id, name, (), (release,))


def recommended(
    product: Product, installed: InstalledProduct | None, *blockers: Blocker, reason: Reason = Reason.NEWER
) -> Recommendation:
    """The product's release, recommended."""
    release = product.releases[0]
    package = release.packages[0]
    return Recommendation(
        product, release, package, release.severity, (reason,), blockers, installed, (package,)
    )


def installed(product_id: str, version: str) -> InstalledProduct:
    """An installed version with the evidence of a Debian machine."""
    evidence = (
        Evidence("dpkg", f"/var/lib/dpkg/status: {product_id}-ses {version}", version),
        Evidence("desktop entry", f"/usr/share/applications/{product_id}-ses.desktop"),
    )
    target = LaunchTarget((f"/usr/bin/{product_id}-ses",))
    return InstalledProduct(product_id, Version.parse(version), version, evidence, target)


def licensed(product_id: str, days: int = 14) -> Entitlement:
    """An answer that holds offline for some days."""
    return Entitlement(product_id, entitled=True, until=NOW + timedelta(days=days), confirmed_at=NOW)


def refused(product_id: str, reason: Refusal = Refusal.NO_LICENCE) -> Entitlement:
    """A refusal."""
    return Entitlement(product_id, entitled=False, reason=reason, confirmed_at=NOW)


SURVEY = product(
    "survey-viewer",
    "Survey Viewer SES",
    "10.2.0.7",
    312_400_000,
    "Opens point files of up to 40 million rows, keeps the colours of a layer when it is exported, and no "
    "longer loses the coordinate system of files written by version 9.",
    Severity.RECOMMENDED,
)


MESH = product("mesh-viewer", "Mesh Viewer SES", "10.2.0.7", 96_000_000, "Faster shading.", Severity.OPTIONAL)


DRAWING = product(
    "drawing-viewer", "Drawing Viewer SES", "10.2.0.7", 148_000_000, "Reads DXF 2018.", Severity.OPTIONAL
)


TERRAIN = product(
    "terrain-builder", "Terrain Builder SES", "24.1.0.31", 611_000_000, "Contours.", Severity.RECOMMENDED
)


ROAD = product(
    "road-designer", "Road Designer SES", "24.1.2.8", 1_240_000_000, "Clothoids.", Severity.OPTIONAL
)


BRIDGE = product(
    "bridge-analysis", "Bridge Analysis SES", "24.0.4.2", 890_000_000, "Cables.", Severity.OPTIONAL
)


def sample_rows() -> tuple[Row, ...]:
    """One row of each kind."""
    survey, terrain = installed("survey-viewer", "10.1.0.12"), installed("terrain-builder", "23.2.1.9")
    return (
        Row(
            "drawing-viewer",
            DRAWING.name,
            installed("drawing-viewer", "10.2.0.7"),
            None,
            refused("drawing-viewer"),
        ),
        Row("mesh-viewer", MESH.name, installed("mesh-viewer", "10.2.0.7"), None, licensed("mesh-viewer")),
        Row("survey-viewer", SURVEY.name, survey, recommended(SURVEY, survey), licensed("survey-viewer", 4)),
        Row(
            "terrain-builder",
            TERRAIN.name,
            terrain,
            recommended(TERRAIN, terrain),
            licensed("terrain-builder"),
        ),
        Row("bridge-analysis", BRIDGE.name, None, recommended(BRIDGE, None, Blocker.ROLE_MISSING)),
        Row("road-designer", ROAD.name, None, recommended(ROAD, None, reason=Reason.NOT_INSTALLED)),
    )

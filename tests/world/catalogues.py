# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Catalogues for tests: as JSON, as a publisher writes them, and as values."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from connection_client.backend.catalogue_json import read_catalogue
from connection_client.domain.catalogue import Catalogue

Json = dict[str, Any]


def package_json(file: Path | None = None, /, **changes: Any) -> Json:
    """A Linux package: of a real file, or of one that is nowhere."""
    content = file.read_bytes() if file is not None else b"nowhere"
    name = file.name if file is not None else "nowhere.deb"
    return {
        "os": "linux",
        "arch": "any",
        "path": f"files/{name}",
        "filename": name,
        "length": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "install": {"type": "deb"},
        **changes,
    }


def release_json(version: str, *packages: Json, **changes: Any) -> Json:
    """A release on the stable channel."""
    return {
        "version": version,
        "channel": "stable",
        "date": "2026-01-31",
        "severity": "recommended",
        "packages": list(packages) or [package_json()],
        **changes,
    }


def product_json(product_id: str, *releases: Json, **changes: Any) -> Json:
    """A product that a Debian package of `{id}-ses` stands for."""
    return {
        "id": product_id,
        "name": product_id.replace("-", " ").title() + " SES",
        "detect": [{"type": "dpkg", "value": f"{product_id}-ses"}],
        "releases": list(releases),
        **changes,
    }


def catalogue_json(*products: Json, **changes: Any) -> Json:
    """The whole document."""
    return {"schema": 1, "publisher": "Example Systems", "products": list(products), **changes}


def catalogue(*products: Json) -> Catalogue:
    """The value of the same; every product has to be readable."""
    read = read_catalogue(json.dumps(catalogue_json(*products)).encode(), "1.0")
    assert read.skipped == ()
    return read


def only(found: Sequence[Any]) -> Any:
    """The one element."""
    (one,) = found
    return one

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""One package as the catalogue has it, from what the file and the publisher say."""

from collections.abc import Mapping, Sequence
from typing import Any

from connect_center.publisher.errors import PackageNotReadable
from connect_center.publisher.package_reader import Dependency, PackageFacts

Document = dict[str, Any]
CLIENT_ID = "connection-client"  # the desktop client: product and Debian package share the name


def package_entry(
    document: Document,
    facts: PackageFacts,
    path: str,
    *,
    public: bool,
    silent: tuple[str, ...] = (),
    signer: Mapping[str, str] | None = None,
    draft: Document | None = None,
) -> Document:
    """The package as the catalogue has it. Raises PackageNotReadable for a draft of another file."""
    described = {
        "os": facts.system,
        "arch": facts.architecture,
        "path": path,
        "filename": facts.filename,
        "length": facts.length,
        "sha256": facts.sha256,
        "installed_size": facts.installed_size,
        "auth": "none" if public else "account",
        "requires": _requires(document, facts.depends),
        **({"signer": dict(signer)} if signer else {}),
        "install": _recipe(facts, silent),
    }
    return described if draft is None else _as_drafted(described, draft, facts)


def _recipe(facts: PackageFacts, silent: tuple[str, ...]) -> Document:
    return {
        "type": facts.kind,
        "scope": facts.scope,
        "elevation": facts.elevation,
        "close_apps": list(facts.programs),
        "behaviour": "replace",
        **({"args": {"silent": list(silent)}} if silent else {}),
    }


def _as_drafted(described: Document, draft: Document, facts: PackageFacts) -> Document:
    """What the manifest knows better. Raises PackageNotReadable when it is not about this file."""
    for release in draft["releases"]:
        for package in release["packages"]:
            if package["sha256"] == facts.sha256:
                known = {name: package[name] for name in ("arch", "min_os") if name in package}
                return described | known | {"install": described["install"] | package["install"]}
    raise PackageNotReadable(
        f"The draft names no installer with the hash of {facts.filename}. Nothing was published. "
        "Fetch the file of its InstallerUrl, or make the draft from the manifest of this file."
    )


def _requires(document: Document, depends: Sequence[Dependency]) -> list[Document]:
    """Those dependencies that are products themselves; the rest is the business of the system's installer."""
    by_package = {
        rule["value"]: product["id"]
        for product in document["products"]
        for rule in product["detect"]
        if rule["type"] == "dpkg"
    }
    by_package.setdefault(
        CLIENT_ID, CLIENT_ID
    )  # needed even where it is not published yet: the check then says so
    return [
        {"id": by_package[dependency.name], **({"min": dependency.minimum} if dependency.minimum else {})}
        for dependency in depends
        if dependency.name in by_package
    ]

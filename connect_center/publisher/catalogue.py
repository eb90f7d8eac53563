# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The catalogue as a document: what it looks like after a release was added, withdrawn or rolled out.

Documents follow `catalogue.schema.json` beside this file. Every function returns a new document; fields that
it does not know are kept.
"""

import copy
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from connect_center.publisher.errors import AlreadyPublished, NotPublished
from connect_center.publisher.package_entry import CLIENT_ID, package_entry
from connect_center.publisher.package_reader import NOTHING_STATED, PackageFacts, Stated

Document = dict[str, Any]
EVERYBODY = 100
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True)
class ReleaseOrder:
    """What the publisher decides about a package; everything else is read from the package itself.

    `rollout` in per cent; `public`: downloads need no account; empty texts are left out. `silent` are the
    arguments of a setup that installs without questions, `signer` who has to have signed the file, `detect`
    rules, `icon` a picture other than the package's own, and `draft` a product as `import-winget` gives it,
    of which one package has the file's hash.
    """

    product_id: str = ""
    name: str = ""
    severity: str = "recommended"
    channel: str = "stable"
    kind: str = "update"
    dated: date | None = None
    label: str = ""
    rollout: int = EVERYBODY
    notes: str = ""
    notes_url: str = ""
    cves: tuple[str, ...] = ()
    applies_to: str = ""
    critical_below: str = ""
    public: bool = False
    stated: Stated = NOTHING_STATED
    silent: tuple[str, ...] = ()
    signer: tuple[tuple[str, str], ...] = ()
    detect: tuple[Document, ...] = ()
    draft: Document | None = None
    icon: bytes = b""


def empty(publisher: str) -> Document:
    """A catalogue without products."""
    return {"schema": 1, "publisher": publisher, "products": []}


def to_bytes(document: Document) -> bytes:
    """The document as it is signed."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode()


def from_bytes(content: bytes) -> Document:
    """The document that was signed."""
    document = json.loads(content)
    if not isinstance(document, dict):
        raise TypeError("a catalogue is a JSON object")
    return document


def product_of(document: Document, product_id: str) -> Document:
    """The product of that id. Raises NotPublished, naming those that are there."""
    for product in document["products"]:
        if product["id"] == product_id:
            found: Document = product
            return found
    known = ", ".join(sorted(product["id"] for product in document["products"])) or "none yet"
    raise NotPublished(
        f"The catalogue has no product “{product_id}”. Nothing was changed. Its products: {known}."
    )


def release_of(product: Document, version: str) -> Document:
    """The release of that version. Raises NotPublished, naming those that are there."""
    for release in product["releases"]:
        if release["version"] == version:
            found: Document = release
            return found
    known = ", ".join(release["version"] for release in product["releases"]) or "none yet"
    raise NotPublished(
        f"{product['name']} has no release {version}. Nothing was changed. Its releases: {known}."
    )


def with_package(document: Document, facts: PackageFacts, order: ReleaseOrder, today: date) -> Document:
    """The catalogue after a package joined it. Raises AlreadyPublished when clients may hold another one."""
    new = copy.deepcopy(document)
    product_id = order.product_id or product_id_of(facts)
    package = package_entry(
        new,
        facts,
        package_path(product_id, facts),
        public=order.public,
        silent=order.silent,
        signer=dict(order.signer),
        draft=order.draft,
    )
    product = _product_to_extend(new, facts, order, product_id)
    release = next((r for r in product["releases"] if r["version"] == facts.version), None)
    if release is None:
        product["releases"].append(_release(facts, order, today) | {"packages": [package]})
        return new
    for other in release["packages"]:
        if (other["os"], other["arch"]) == (package["os"], package["arch"]):
            if other["sha256"] == package["sha256"]:
                return copy.deepcopy(document)
            raise AlreadyPublished(
                f"{product['name']} {facts.version} was published before with other content, "
                f"and clients may hold it. Nothing was changed. Build {facts.filename} with a higher version."
            )
    release["packages"].append(package)
    return new


def withdrawn(document: Document, product_id: str, version: str, reason: str) -> Document:
    """The catalogue after a release was taken back; clients then see the reason."""
    new = copy.deepcopy(document)
    release_of(product_of(new, product_id), version)["withdrawn"] = {"reason": reason}
    return new


def rolled_out(document: Document, product_id: str, version: str, percent: int) -> Document:
    """The catalogue after a release was offered to that share of the computers."""
    new = copy.deepcopy(document)
    release = release_of(product_of(new, product_id), version)
    release.pop("rollout", None)
    if percent != EVERYBODY:
        release["rollout"] = {"percent": percent}
    return new


def only(document: Document, product_id: str) -> Document:
    """The same catalogue with that product alone, or with none."""
    products = [product for product in document["products"] if product["id"] == product_id]
    return copy.deepcopy({**document, "products": products})


def product_id_of(facts: PackageFacts) -> str:
    """The product that a package belongs to, by its own name: `survey-viewer-ses` is `survey-viewer`."""
    return _NOT_IN_AN_ID.sub("-", facts.package.lower()).strip("-.").removesuffix("-ses")


def package_path(product_id: str, facts: PackageFacts) -> str:
    """Where a package lies below the folder of packages, and below /delivery/files/."""
    return f"{product_id}/{facts.version}/{facts.filename}"


# ---- inside --------------------------------------------------------------------------------------
def _product_to_extend(
    document: Document, facts: PackageFacts, order: ReleaseOrder, product_id: str
) -> Document:
    detect = _rules(facts, order, product_id)
    for product in document["products"]:
        if product["id"] == product_id:
            if order.name:
                product["name"] = order.name
            if facts.system != "linux" or not product["detect"]:  # where another system finds the product
                product["detect"] += [rule for rule in detect if rule not in product["detect"]]
            found: Document = product
            return found
    if product_id == CLIENT_ID:
        detect.insert(0, {"type": "self", "value": CLIENT_ID})
    product = {
        "id": product_id,
        "name": order.name or facts.title or product_id,
        "detect": detect,
        "releases": [],
    }
    document["products"].append(product)
    return product


def _rules(facts: PackageFacts, order: ReleaseOrder, product_id: str) -> list[Document]:
    """How clients find the product: what the publisher says, then the manifest, else the file."""
    drafted = order.draft["detect"] if order.draft is not None else []
    found = [*order.detect, *(drafted or facts.detect)]
    own: dict[str, Document] = {
        "deb": {"type": "dpkg", "value": facts.package},
        "appimage": {"type": "desktop-entry", "value": f"{product_id}.desktop"},  # which clients make
    }
    return found or [own[facts.kind]] if facts.kind in own else found


def _release(facts: PackageFacts, order: ReleaseOrder, today: date) -> Document:
    notes = {"summary": order.notes, "url": order.notes_url, "cves": list(order.cves)}
    optional = {
        "label": order.label,
        "applies_to": order.applies_to,
        "critical_below": order.critical_below,
        "notes": {name: value for name, value in notes.items() if value},
        "rollout": {} if order.rollout == EVERYBODY else {"percent": order.rollout},
    }
    return {
        "version": facts.version,
        "channel": order.channel,
        "date": (order.dated or today).isoformat(),
        "severity": order.severity,
        "kind": order.kind,
        **{name: value for name, value in optional.items() if value},
    }

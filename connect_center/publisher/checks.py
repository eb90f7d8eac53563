# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Finds what would make a catalogue useless to clients: against its schema, and in what it means.

Each finding is one sentence that names the product and the release.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import PurePosixPath

from jsonschema import Draft202012Validator
from packaging.version import InvalidVersion
from packaging.version import Version as ClientVersion

from connect_center.publisher.catalogue import Document

Numbers = tuple[int, ...]
_LARGEST_PART = 2**32 - 1
_ENDINGS = {
    "deb": (".deb",),
    "rpm": (".rpm",),
    "msi": (".msi",),
    "msix": (".msix",),
    "pkg": (".pkg",),
    "dmg-app": (".dmg",),
    "appimage": (".AppImage",),
    "flatpak": (".flatpak",),
    "burn": (".exe",),
    "inno": (".exe",),
    "nsis": (".exe",),
    "exe": (".exe",),
}
_SYSTEMS = dict.fromkeys(("deb", "rpm", "appimage", "flatpak"), "linux") | dict.fromkeys(
    ("pkg", "dmg-app"), "macos"
)


@cache
def _validator() -> Draft202012Validator:
    text = resources.files(__package__).joinpath("catalogue.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER)


def findings(document: Document) -> list[str]:
    """What is wrong with the catalogue; an empty list lets it be signed."""
    errors = sorted(_validator().iter_errors(document), key=lambda error: list(map(str, error.absolute_path)))
    if errors:  # the meaning of a malformed document cannot be judged
        return [f"{_place(document, list(error.absolute_path))}: {error.message}" for error in errors]
    return [
        *_min_client(document),
        *_duplicates(document),
        *_detection(document),
        *_releases(document),
        *_requirements(document),
    ]


def numbers(version: str) -> Numbers:
    """A version as clients compare it: leading zeros and trailing zero parts do not count."""
    parts = [int(part) for part in version.split(".")]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def _place(document: Document, path: list[str | int]) -> str:
    """The place of a schema error in the publisher's words: product, release, field."""
    words: list[str] = []
    value: object = document
    for step in path:
        value = value[step] if isinstance(value, dict | list) else None  # type: ignore[index]
        named = value.get("id") or value.get("version") if isinstance(value, dict) else None
        if isinstance(step, int):
            words.append(str(named or f"no. {step + 1}"))
        elif step not in ("products", "releases"):
            words.append(step)
    return " ".join(words) or "the catalogue"


def _min_client(document: Document) -> Iterator[str]:
    try:
        ClientVersion(document.get("min_client", "0"))
    except InvalidVersion:
        yield f"min_client “{document['min_client']}” is no version of CONNECTION Client."


def _duplicates(document: Document) -> Iterator[str]:
    ids = Counter(product["id"] for product in document["products"])
    yield from (f"{name} is listed {count} times." for name, count in ids.items() if count > 1)
    paths = Counter(
        package["path"]
        for product in document["products"]
        for release in product["releases"]
        for package in release["packages"]
    )
    yield from (f"The file {path} belongs to {count} packages." for path, count in paths.items() if count > 1)
    for product in document["products"]:
        releases = Counter((numbers(r["version"]), r["channel"]) for r in product["releases"])
        for (version, channel), count in releases.items():
            if count > 1:
                yield f"{product['id']} has {count} releases {_text(version)} in the channel {channel}."


def _detection(document: Document) -> Iterator[str]:
    owners: dict[str, str] = {}
    for product in document["products"]:
        for rule in product["detect"]:
            key = json.dumps(rule, sort_keys=True)
            if owners.setdefault(key, product["id"]) != product["id"]:
                yield f"{product['id']} and {owners[key]} are detected by the same rule {rule}."
            for field in ("name", "exclude") if rule["type"] == "arp-name" else ():
                try:
                    re.compile(rule.get(field, ""))
                except re.error as error:
                    yield f"{product['id']}: the pattern {rule[field]!r} cannot be read ({error})."


def _releases(document: Document) -> Iterator[str]:
    for product in document["products"]:
        for release in product["releases"]:
            where = f"{product['id']} {release['version']}"
            if max(numbers(release["version"])) > _LARGEST_PART:
                yield f"{where}: a part of the version is larger than {_LARGEST_PART}."
            yield from (f"{where}: {finding}" for finding in _ranges(release))
            targets = Counter((package["os"], package["arch"]) for package in release["packages"])
            yield from (f"{where} has {n} packages for {' '.join(t)}." for t, n in targets.items() if n > 1)
            for package in release["packages"]:
                yield from (f"{where}: {finding}" for finding in _package(package))


def _ranges(release: Document) -> Iterator[str]:
    low, _, high = release.get("applies_to", "").partition(",")
    try:
        bounds = [numbers(part.lstrip("<>=")) for part in (low, high) if part]
    except ValueError:
        yield f"applies_to “{release['applies_to']}” holds something that is no version."
    else:
        if low.startswith("<") and high:
            yield f"applies_to “{release['applies_to']}” has two upper ends."
        elif high and bounds[0] >= bounds[1]:
            yield f"applies_to “{release['applies_to']}” holds no version at all."
    if "critical_below" in release and numbers(release["critical_below"]) > numbers(release["version"]):
        yield f"critical_below {release['critical_below']} is above the release and never met."


def _package(package: Document) -> Iterator[str]:
    kind, filename = (
        package["install"]["type"],
        package.get("filename") or PurePosixPath(package["path"]).name,
    )
    if kind in _ENDINGS and not filename.endswith(_ENDINGS[kind]):
        yield f"{filename} cannot be installed as {kind}."
    if _SYSTEMS.get(kind, "windows" if kind in _ENDINGS else package["os"]) != package["os"]:
        yield f"{filename} is a {kind} package, which {package['os']} cannot install."
    for argument in (word for words in package["install"].get("args", {}).values() for word in words):
        if set(re.findall(r"\{[^}]*\}", argument)) - {"{log}"}:
            yield f"the argument {argument!r} of {filename} has a placeholder that clients do not fill."


def _requirements(document: Document) -> Iterator[str]:
    products = {product["id"]: product for product in document["products"]}
    needs: dict[str, set[str]] = {}
    for product in document["products"]:
        for release in (release for release in product["releases"] if "withdrawn" not in release):
            for package in release["packages"]:
                for need in package.get("requires", ()):
                    needs.setdefault(product["id"], set()).add(need["id"])
                    if not _offered(products.get(need["id"]), need.get("min", "0"), package["os"]):
                        wanted = f"{need['id']} {need.get('min', '')}".strip()
                        yield f"{product['id']} {release['version']} needs {wanted}, which is not offered."
    for product_id in needs:
        if product_id in _reached(needs, product_id):
            yield f"{product_id} needs itself, directly or by what it needs."


def _offered(product: Document | None, minimum: str, system: str) -> bool:
    return product is not None and any(
        "withdrawn" not in release
        and numbers(release["version"]) >= numbers(minimum)
        and any(package["os"] == system for package in release["packages"])
        for release in product["releases"]
    )


def _reached(needs: dict[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(needs.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(needs.get(name, ()))
    return reached


def _text(version: Numbers) -> str:
    return ".".join(map(str, version))

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The bytes of a verified catalogue as the domain's values; what cannot be read loses only itself.

The rules are those of the catalogue's JSON Schema, version 1. Unknown fields are ignored. An unknown word
where the schema lists words makes a package not installable by this version of the client, and says so.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import msgspec
from packaging.version import InvalidVersion
from packaging.version import Version as OwnVersion

from connection_client.backend import catalogue_document as document
from connection_client.backend import catalogue_words as words
from connection_client.domain.catalogue import (
    SIDE_BY_SIDE,
    UNINSTALL_PREVIOUS,
    Catalogue,
    DetectRule,
    EndOfSupport,
    InstallRecipe,
    Package,
    Product,
    Release,
    ReleaseKind,
    Severity,
    VersionRange,
)
from connection_client.domain.errors import CatalogueNotReadable, ClientTooOld
from connection_client.domain.language import N_

_SEVERITIES: Final = {severity.value: severity for severity in Severity}
_RELEASE_KINDS: Final = {kind.value: kind for kind in ReleaseKind}
OWN_PRODUCT: Final = "connection-client"
_DECODER: Final = msgspec.json.Decoder(document.Product)
_EVERYBODY: Final = document.Rollout(percent=100)
_NO_ARGUMENTS: Final = document.Arguments()
_NOT_KNOWN: Final = N_("this version of CONNECTION Client does not know how")

_BEHAVIOUR_OBSTACLES: Final = {
    SIDE_BY_SIDE: N_("the version that is there is to stay beside it, and this client would replace it"),
    UNINSTALL_PREVIOUS: N_(
        "the version that is there has to be removed before, and this client removes nothing"
    ),
}


def read_catalogue(content: bytes, own_version: str | None) -> Catalogue:
    """Parse a catalogue; raises CatalogueNotReadable and, where our version is told, ClientTooOld."""
    try:
        whole = msgspec.json.decode(content, type=document.Document)
    except (msgspec.DecodeError, RecursionError) as error:
        raise CatalogueNotReadable(reason=str(error)) from error
    if whole.schema != 1:
        raise CatalogueNotReadable(reason=f"schema {whole.schema}")
    if own_version is not None:
        _refuse_if_too_old(whole.min_client, own_version)
    with _collector_at_rest():
        products, skipped = _products(whole.products)
    return Catalogue(whole.publisher, products, whole.min_client, skipped)


def _products(raws: list[msgspec.Raw]) -> tuple[tuple[Product, ...], tuple[str, ...]]:
    products: dict[str, Product] = {}
    skipped: list[str] = []
    for raw in raws:
        try:
            product = _product(_DECODER.decode(raw))
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            skipped.append(f"{_name_of(raw)}: {error}")
            continue
        if product.id in products:
            skipped.append(f"{product.id}: listed twice")
        else:
            products[product.id] = product
    return tuple(products.values()), tuple(skipped)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Thousands of values without any cycle: the collector would look at them again and again in vain."""
    was_awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_awake:
            gc.enable()


def with_own_releases(catalogue: Catalogue, own: Catalogue | None) -> Catalogue:
    """Take the client's releases from its own list alone: who signs applications cannot replace it."""
    releases = {product.id: product.releases for product in own.products} if own is not None else {}
    products = (
        replace(product, releases=releases.get(product.id, ())) if product.id == OWN_PRODUCT else product
        for product in catalogue.products
    )
    return replace(catalogue, products=tuple(products))


def with_own_product(catalogue: Catalogue, own: Catalogue) -> Catalogue:
    """Put the client itself, as its own list has it, into a list that may not know it."""
    others = [product for product in catalogue.products if product.id != OWN_PRODUCT]
    itself = [product for product in own.products if product.id == OWN_PRODUCT]
    return replace(catalogue, products=(*others, *itself))


def _refuse_if_too_old(needed: str, own: str) -> None:
    try:
        too_old = bool(needed) and OwnVersion(own) < OwnVersion(needed)
    except InvalidVersion as error:
        raise CatalogueNotReadable(reason=f"min_client {needed}") from error
    if too_old:
        raise ClientTooOld(needed=needed, own=own)


def _name_of(raw: msgspec.Raw) -> str:
    """What a lost product called itself, for the log."""
    try:
        return msgspec.json.decode(raw, type=document.OnlyId).id[:80]
    except (msgspec.DecodeError, RecursionError):
        return "?"


def _product(raw: document.Product) -> Product:
    for text in raw.version_aliases.values():
        words.read_version(text)
    return Product(
        id=words.checked_id(raw.id),
        name=raw.name,
        detect=tuple(
            DetectRule(rule.type, rule.value, rule.name, rule.publisher, rule.exclude, rule.path)
            for rule in raw.detect
        ),
        releases=tuple(_release(release) for release in raw.releases),
        version_aliases=raw.version_aliases,
        comparable=raw.version_scheme == "dotted",
        end_of_support=tuple(
            EndOfSupport(_range(end.versions), end.date, end.url) for end in raw.end_of_support
        ),
    )


def _release(raw: document.Release) -> Release:
    severity, kind = _SEVERITIES.get(raw.severity), _RELEASE_KINDS.get(raw.kind)
    strange = "" if severity is not None and kind is not None else _NOT_KNOWN
    rollout = raw.rollout or _EVERYBODY
    return Release(
        version=words.read_version(raw.version),
        version_text=raw.version,
        channel=words.checked_channel(raw.channel),
        date=raw.date,
        severity=severity or Severity.OPTIONAL,
        packages=tuple([_package(package, strange) for package in raw.packages]),
        label=raw.label,
        kind=kind or ReleaseKind.UPDATE,
        applies_to=_range(raw.applies_to) if raw.applies_to is not None else None,
        critical_below=words.read_version(raw.critical_below) if raw.critical_below is not None else None,
        rollout_percent=rollout.percent,
        rollout_salt=rollout.salt,
        withdrawn=(raw.withdrawn.reason or "withdrawn") if raw.withdrawn is not None else "",
        notes_url=raw.notes.url,
        notes_summary=raw.notes.summary,
        cves=raw.notes.cves,
        supersedes=tuple([words.checked_id(superseded) for superseded in raw.supersedes]),
    )


def _package(raw: document.Package, strange: str) -> Package:
    return Package(
        os=raw.os,
        architecture=raw.arch,
        path=raw.path,
        filename=raw.filename or raw.path.rpartition("/")[2],
        length=raw.length,
        sha256=raw.sha256,
        install=_recipe(raw.install),
        needs_account=raw.auth != "none",
        min_os=raw.min_os,
        max_os=raw.max_os,
        installed_size=raw.installed_size,
        requires=tuple([words.prerequisite_of(wanted.id, wanted.min) for wanted in raw.requires]),
        signer=raw.signer,
        obstacle=strange or _obstacle(raw),
    )


def _obstacle(raw: document.Package) -> str:
    install = raw.install
    is_known = document.OUTCOMES.issuperset(install.exit_codes.values()) and words.are_known(
        raw.os, raw.arch, raw.auth, install.type, install.scope, install.elevation, install.behaviour
    )
    if not is_known:
        return _NOT_KNOWN
    return (
        "" if words.is_kept_to(install.type, install.behaviour) else _BEHAVIOUR_OBSTACLES[install.behaviour]
    )


def _recipe(raw: document.Install) -> InstallRecipe:
    if not (raw.exit_codes or raw.close_apps) and raw.args == _NO_ARGUMENTS:
        return words.plain_recipe(raw.type, raw.scope, raw.elevation, raw.behaviour)
    return InstallRecipe(
        kind=raw.type,
        scope=raw.scope,
        elevation=raw.elevation,
        arguments=_arguments(raw.args),
        exit_codes={int(code): outcome for code, outcome in raw.exit_codes.items()},
        close_applications=raw.close_apps,
        behaviour=raw.behaviour,
    )


def _arguments(raw: document.Arguments) -> Mapping[str, tuple[str, ...]]:
    named = {"interactive": raw.interactive, "passive": raw.passive, "silent": raw.silent, "log": raw.log}
    return {name: arguments for name, arguments in named.items() if arguments is not None}


def _range(text: str) -> VersionRange:
    """`>=10.0,<11` or `<10.0`; the schema's pattern was checked before."""
    at_least, below = None, None
    for part in text.split(","):
        if part.startswith(">="):
            at_least = words.read_version(part[2:])
        else:
            below = words.read_version(part[1:])
    return VersionRange(at_least, below)

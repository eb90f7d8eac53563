# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Brings the picture of the catalogue in the database up to date, and says what is on offer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from connect_center.delivery.models import Package, Product, Release
from connect_center.publisher.catalogue import Document
from connect_center.publisher.checks import numbers

_CHANNEL = "stable"
_SYSTEMS = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}


@dataclass(frozen=True)
class Offer:
    """A package on the page of downloads, the packages it needs beside it, and how both are installed."""

    product: Product
    release: Release
    package: Package
    beside: tuple[Package, ...]
    newest: bool

    @property
    def system(self) -> str:
        """The operating system by its maker's name, which is the same in every language."""
        return _SYSTEMS.get(self.package.os, self.package.os)

    @property
    def command(self) -> str:
        """The line that installs it together with what it needs; the system fetches the rest."""
        files = " ".join(f"./{package.filename}" for package in (*self.beside, self.package))
        return f"sudo apt install {files}"


@transaction.atomic
def mirror(document: Document) -> None:
    """Make the database say what the catalogue says."""
    kept = [_mirror_package(release, package) for release, package in _mirrored_releases(document)]
    Package.objects.exclude(pk__in=kept).delete()
    Release.objects.filter(packages=None).delete()


def offers(words: str = "") -> list[Offer]:
    """Everything that can be downloaded, by product name, newest first; with `words`, what has all of them.

    Left out are withdrawn releases and channels that people choose in the client, such as beta.
    """
    found = []
    for product in _with_words(words).prefetch_related("releases__packages"):
        releases = [one for one in product.releases.all() if one.channel == _CHANNEL and not one.withdrawn]
        releases.sort(key=lambda release: numbers(release.version), reverse=True)
        found += [
            Offer(product, release, package, _beside(package), newest=release is releases[0])
            for release in releases
            for package in sorted(release.packages.all(), key=_by_system)
        ]
    return found


def _by_system(package: Package) -> tuple[str, str, str]:
    return package.os, package.architecture, package.filename


def _with_words(words: str) -> QuerySet[Product]:
    """Products whose name, id or files have every one of the words."""
    found = Product.objects.all()
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(code__icontains=word)
            | Q(releases__packages__filename__icontains=word)
        )
    return found.distinct()


def _mirrored_releases(document: Document) -> Iterator[tuple[Release, Document]]:
    for product in document["products"]:
        row, _new = Product.objects.update_or_create(code=product["id"], defaults={"name": product["name"]})
        for release in product["releases"]:
            mirrored, _new = Release.objects.update_or_create(
                product=row,
                version=release["version"],
                channel=release["channel"],
                defaults={
                    "date": date.fromisoformat(release["date"]),
                    "severity": release["severity"],
                    "notes": release.get("notes", {}).get("summary", ""),
                    "withdrawn": release.get("withdrawn", {}).get("reason", ""),
                },
            )
            yield from ((mirrored, package) for package in release["packages"])


def _mirror_package(release: Release, package: Document) -> int:
    row, _new = Package.objects.update_or_create(
        path=package["path"],
        defaults={
            "release": release,
            "filename": package.get("filename") or package["path"].rpartition("/")[2],
            "os": package["os"],
            "architecture": package["arch"],
            "length": package["length"],
            "sha256": package["sha256"],
            "public": package.get("auth", "none") == "none",
            "requires": package.get("requires", []),
        },
    )
    return row.pk


def _beside(package: Package) -> tuple[Package, ...]:
    """The newest packages of the products that this one needs."""
    found = (_newest(need["id"], package.os) for need in package.requires)
    return tuple(needed for needed in found if needed is not None)


def _newest(product_code: str, system: str) -> Package | None:
    packages = Package.objects.filter(
        release__product__code=product_code, release__withdrawn="", release__channel=_CHANNEL, os=system
    )
    ordered = sorted(packages.select_related("release"), key=lambda found: numbers(found.release.version))
    return ordered[-1] if ordered else None

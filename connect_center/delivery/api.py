# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What can be downloaded, for programs: a list that can be searched, in pages."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from connect_center.api_auth import bearer
from connect_center.delivery.shelf import Offer, offers
from connect_center.organisations.access import may_download
from connect_center.organisations.api import Pages

router = Router(tags=["delivery"])


class Download(Schema):
    """`url` needs the role for downloads, or nothing where `public`; `allowed`: this person may have it."""

    product: str
    name: str
    version: str
    date: date
    severity: str
    newest: bool
    filename: str
    os: str
    architecture: str
    length: int
    sha256: str
    public: bool
    allowed: bool
    url: str


@router.get("/downloads", response=list[Download], auth=bearer)
@paginate(Pages)
def downloads(
    request: HttpRequest, q: Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")] = ""
) -> list[Download]:
    """Applications and versions on offer, by name and newest first; `q` holds words that all have to fit."""
    role = may_download(request.auth)  # type: ignore[attr-defined]  # set by ninja
    return [_download(request, offer, role=role) for offer in offers(q)]


def _download(request: HttpRequest, offer: Offer, *, role: bool) -> Download:
    package, release = offer.package, offer.release
    return Download(
        product=offer.product.code,
        name=offer.product.name,
        version=release.version,
        date=release.date,
        severity=release.severity,
        newest=offer.newest,
        filename=package.filename,
        os=package.os,
        architecture=package.architecture,
        length=package.length,
        sha256=package.sha256,
        public=package.public,
        allowed=role or package.public,
        url=request.build_absolute_uri(reverse("package_file", args=[package.path])),
    )

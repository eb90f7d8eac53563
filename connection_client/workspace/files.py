# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Files that an administrator handed over: known to the trusted catalogue, or refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from connection_client.domain.catalogue import SIDE_BY_SIDE, Catalogue, Package, Product, Release
from connection_client.domain.errors import FileNotKnown, FileNotReadable, NotInstallable
from connection_client.domain.language import N_
from connection_client.domain.long_paths import reachable
from connection_client.updates.context import Context
from connection_client.updates.download import VerifiedFile, digest_of
from connection_client.workspace.view import FileMatch


def packages_of(catalogue: Catalogue) -> Iterator[tuple[Product, Release, Package]]:
    """Every package with the product and the release that it belongs to."""
    for product in catalogue.products:
        for release in product.releases:
            for package in release.packages:
                yield product, release, package


def open_file(path: Path) -> BinaryIO:
    """Open a person's file; raises FileNotReadable."""
    within_reach = reachable(path)
    try:
        if not within_reach.is_file():
            raise FileNotReadable(filename=path.name, reason=N_("it is no file"))
        return within_reach.open("rb")
    except OSError as error:
        raise FileNotReadable(filename=path.name, reason=error.strerror or "") from error


def match_file(path: Path, handle: BinaryIO, context: Context) -> FileMatch:
    """Find what the file is by length and hash; raises FileNotKnown, NotInstallable."""
    length = handle.seek(0, 2)
    same_length = [known for known in packages_of(context.catalogue) if known[2].length == length]
    digest = digest_of(handle) if same_length else ""
    matches = [FileMatch(path, *known) for known in same_length if known[2].sha256 == digest]
    if not matches:
        raise FileNotKnown(filename=path.name)
    fitting = [match for match in matches if context.computer.takes(match.package)]
    match = next(iter(fitting), matches[0])
    reason = _obstacle(match, context, fits=bool(fitting))
    if reason:
        raise NotInstallable(name=match.product.name, reason=reason)
    return match


def _obstacle(match: FileMatch, context: Context, *, fits: bool) -> str:
    if match.release.withdrawn:
        return match.release.withdrawn
    if not fits:
        return match.package.obstacle or N_("it is made for another system")
    newer = match.package.install.behaviour != SIDE_BY_SIDE and any(
        found.version is not None and match.release.version < found.version
        for found in context.installed_of(match.product)
    )
    return N_("a newer version is installed") if newer else ""


def verified(match: FileMatch, handle: BinaryIO) -> VerifiedFile:
    """The matched file, held open as it was hashed."""
    return VerifiedFile(match.package, reachable(match.path), handle)

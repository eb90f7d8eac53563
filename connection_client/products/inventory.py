# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which products of the catalogue are installed here: the findings of all sources, merged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from connection_client.domain.catalogue import Catalogue, Product
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.versions import Version, read_version
from connection_client.products.detector import Detector, Finding


def _nothing_else() -> tuple[object, ...]:
    """Everything that detectors read is a file."""
    return ()


class Inventory:
    """Asks every detector and merges what they say.

    `watched` are the files and folders that they read, `changes` the state of what is neither; both cheap.
    """

    def __init__(
        self,
        detectors: Sequence[Detector],
        watched: Sequence[Path] = (),
        changes: Callable[[], tuple[object, ...]] = _nothing_else,
    ) -> None:
        self._detectors = tuple(detectors)
        self._watched = tuple(watched)
        self._changes = changes

    def stamp(self) -> tuple[object, ...]:
        """Another one than before where something was installed or removed: a handful of looks at times."""
        return (*map(_stamp, self._watched), *self._changes())

    def scan(self, catalogue: Catalogue) -> tuple[InstalledProduct, ...]:
        """What is installed, in the catalogue's order; versions side by side are entries of their own."""
        findings: dict[str, list[Finding]] = {}
        for finding in chain.from_iterable(detector.find(catalogue.products) for detector in self._detectors):
            findings.setdefault(finding.product_id, []).append(finding)
        return tuple(
            entry
            for product in catalogue.products
            if product.id in findings
            for entry in merged(product, findings[product.id])
        )


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size


def merged(product: Product, findings: Iterable[Finding]) -> tuple[InstalledProduct, ...]:
    """One entry for each version that the strongest rule found; weaker rules add evidence, never a line.

    Two texts of one version (`11.0.3.14` and `11.00.03.14`) are one entry: programs register themselves
    twice. Where the strongest rule's text is not comparable, a weaker rule may lend its version.
    """
    ordered = sorted(findings, key=lambda finding: finding.strength)
    versions = {id(finding): _version(product, finding.version_text) for finding in ordered}
    leading = _leading(ordered, versions)
    entries: dict[object, list[Finding]] = {}
    for finding in ordered:
        key = versions[id(finding)] or finding.version_text
        if finding.strength == leading.strength:
            entries.setdefault(key, []).append(finding)
    rest = [finding for finding in ordered if finding.strength != leading.strength]
    for finding in rest:
        owner = versions[id(finding)] or finding.version_text
        entries.get(owner, next(iter(entries.values()))).append(finding)
    return tuple(_entry(product, group, versions) for group in entries.values())


def _leading(ordered: Sequence[Finding], versions: Mapping[int, Version | None]) -> Finding:
    comparable = (finding for finding in ordered if versions[id(finding)] is not None)
    return next(comparable, ordered[0])


def _entry(
    product: Product, group: Sequence[Finding], versions: Mapping[int, Version | None]
) -> InstalledProduct:
    first = group[0]
    launch = next((f.launch for f in sorted(group, key=lambda f: f.strength) if f.launch), None)
    return InstalledProduct(
        product_id=product.id,
        version=versions[id(first)],
        version_text=first.version_text,
        evidence=tuple(dict.fromkeys(finding.evidence for finding in group)),
        launch=launch,
        parts=_parts(product),
    )


def _parts(product: Product) -> tuple[str, ...]:
    """The programs of the product, as its packages for this kind of system or another name them."""
    packages = chain.from_iterable(release.packages for release in product.releases)
    return tuple(dict.fromkeys(chain.from_iterable(p.install.close_applications for p in packages)))


def _version(product: Product, text: str) -> Version | None:
    return read_version(text, product.version_aliases) if product.comparable else None

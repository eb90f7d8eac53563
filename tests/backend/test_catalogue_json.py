# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The catalogue's bytes become values; a bad entry loses only itself, and nothing breaks the parser."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.backend.catalogue_json import read_catalogue
from connection_client.domain.catalogue import Catalogue, Severity, VersionRange
from connection_client.domain.errors import CatalogueNotReadable, ClientTooOld
from connection_client.domain.versions import Version
from tests.world.catalogues import (
    Json,
    catalogue,
    catalogue_json,
    only,
    package_json,
    product_json,
    release_json,
)


def read(document: Json | bytes, own: str = "1.0") -> Catalogue:
    return read_catalogue(document if isinstance(document, bytes) else json.dumps(document).encode(), own)


def whole_product() -> Json:
    """With every field that a release and a package may have."""
    package = package_json(
        arch="x64",
        auth="account",
        installed_size=5,
        requires=[{"id": "connection-client", "min": "0.1"}],
        install={
            "type": "burn",
            "elevation": "self",
            "args": {"silent": ["/quiet"], "log": ["/log", "{log}"]},
            "exit_codes": {"3010": "reboot-required"},
            "close_apps": ["survey.exe"],
        },
    )
    release = release_json(
        "10.02.0.7",
        package,
        severity="critical",
        applies_to=">=10.0,<11",
        critical_below="10.1",
        rollout={"percent": 25, "salt": "s"},
        notes={"summary": "New", "cves": ["CVE-2026-1"]},
    )
    return product_json("survey-viewer", release)


def test_every_field_arrives() -> None:
    product = only(catalogue(whole_product()).products)

    one = only(product.releases)
    assert (one.version, one.version_text) == (Version((10, 2, 0, 7)), "10.02.0.7")
    assert one.severity is Severity.CRITICAL
    assert one.applies_to == VersionRange(Version((10,)), Version((11,)))
    assert (one.rollout_percent, one.rollout_salt, one.cves) == (25, "s", ("CVE-2026-1",))
    file = only(one.packages)
    assert file.needs_account
    assert file.requires[0].minimum == Version((0, 1))
    assert file.install.arguments == {"silent": ("/quiet",), "log": ("/log", "{log}")}
    assert file.install.exit_codes == {3010: "reboot-required"}
    assert file.obstacle == ""


BAD_PRODUCTS: list[Any] = [
    None,
    7,
    "text",
    [],
    {},
    {"id": "no-name"},
    product_json("Capital"),
    product_json("a/../b"),
    product_json("bad", release_json("1.0-beta")),
    product_json("bad", release_json("1.0", package_json(path="../../etc/passwd"))),
    product_json("bad", release_json("1.0", package_json(path="/etc/passwd"))),
    product_json("bad", release_json("1.0", package_json(path="a//b"))),
    product_json("bad", release_json("1.0", package_json(path="a\\b"))),
    product_json("bad", release_json("1.0", package_json(sha256="00"))),
    product_json("bad", release_json("1.0", package_json(sha256="0" * 64 + "\n"))),
    product_json("bad", release_json("1.0", package_json(length=0))),
    product_json("bad", release_json("1.0", package_json(length=-1))),
    product_json("bad", release_json("1.0", package_json(length="1"))),
    product_json("bad", release_json("1.0", package_json(filename="a;b.deb"))),
    product_json("bad", release_json("1.0", package_json(filename="x.sh"))),
    product_json("bad", release_json("1.0", date="yesterday")),
    product_json("bad", release_json("1.0", rollout={"percent": 101})),
    product_json("bad", release_json("1.0", applies_to="everything")),
    product_json("bad", release_json("1.0", notes={"url": "javascript:alert(1)"})),
    product_json("bad", release_json("1.0", notes={"url": "http://example.com"})),
    product_json("bad", {**release_json("1.0"), "packages": []}),
    product_json("bad", detect=[]),
]


@pytest.mark.parametrize("bad", BAD_PRODUCTS, ids=str)
def test_a_bad_product_loses_only_itself(bad: object) -> None:
    good = product_json("survey-viewer", release_json("10.1.0.12"))

    whole = read({**catalogue_json(good), "products": [bad, good, bad]})

    assert [product.id for product in whole.products] == ["survey-viewer"]
    assert len(whole.skipped) == 2


def test_a_product_listed_twice_counts_once() -> None:
    one = product_json("survey-viewer", release_json("1.0"))
    other = product_json("survey-viewer", release_json("2.0"))

    whole = read(catalogue_json(one, other))

    assert [release.version_text for release in whole.products[0].releases] == ["1.0"]
    assert whole.skipped == ("survey-viewer: listed twice",)


def test_unknown_fields_are_ignored() -> None:
    package = package_json(colour="green")
    product = product_json("survey-viewer", release_json("1.0", package, mood={"x": [1]}), extra=None)

    whole = read({**catalogue_json(product), "later": 1})

    assert whole.skipped == ()
    assert only(only(whole.products[0].releases).packages).obstacle == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"os": "beos"},
        {"arch": "riscv"},
        {"auth": "voucher"},
        {"install": {"type": "snap"}},
        {"install": {"type": "deb", "scope": "galaxy"}},
        {"install": {"type": "deb", "elevation": "rocket"}},
        {"install": {"type": "deb", "behaviour": "odd"}},
        {"install": {"type": "deb", "exit_codes": {"1": "odd"}}},
    ],
    ids=str,
)
def test_an_unknown_word_makes_a_package_not_installable(changes: Json) -> None:
    release = release_json("1.0", package_json(**changes), package_json())

    strange, plain = catalogue(product_json("survey-viewer", release)).products[0].releases[0].packages

    assert "does not know how" in strange.obstacle
    assert plain.obstacle == ""


@pytest.mark.parametrize("changes", [{"severity": "cosmic"}, {"kind": "sidegrade"}], ids=str)
def test_an_unknown_word_of_a_release_makes_its_packages_not_installable(changes: Json) -> None:
    release = release_json("1.0", **changes)

    assert catalogue(product_json("survey-viewer", release)).products[0].releases[0].packages[0].obstacle


def test_an_unknown_way_of_detection_leaves_the_others() -> None:
    rules = [{"type": "telepathy", "value": "x"}, {"type": "dpkg", "value": "survey-viewer-ses"}]

    product = catalogue(product_json("survey-viewer", detect=rules)).products[0]

    assert [rule.kind for rule in product.detect] == ["telepathy", "dpkg"]


@pytest.mark.parametrize("own", ["0.9", "1.0.dev1", "1.0rc1"])
def test_a_list_for_newer_clients_is_refused(own: str) -> None:
    with pytest.raises(ClientTooOld):
        read(catalogue_json(min_client="1.0"), own)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b'{"schema":1}',
        b"[" * 100_000,
        b'{"schema":2,"publisher":"x","products":[]}',
    ],
)
def test_nonsense_is_refused(content: bytes) -> None:
    with pytest.raises(CatalogueNotReadable):
        read(content)


def test_a_deep_value_in_an_unknown_field_does_no_harm() -> None:
    deep = json.loads("[" * 400 + "]" * 400)

    whole = read(
        {**catalogue_json(product_json("a1", later=deep)), "products": [product_json("a1", later=deep)]}
    )

    assert [product.id for product in whole.products] == ["a1"]


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_parser_fall_over(content: bytes) -> None:
    try:
        read(content)
    except (CatalogueNotReadable, ClientTooOld):
        return


@given(JSON_VALUES, st.data())
def test_no_value_in_any_place_makes_the_parser_fall_over(value: object, data: st.DataObject) -> None:
    document = catalogue_json(
        product_json("survey-viewer", release_json("1.0", package_json(requires=[{"id": "ab"}])))
    )
    places = list(_places(document))
    parent, key = data.draw(st.sampled_from(places))
    parent[key] = value
    try:
        whole = read(document)
    except (CatalogueNotReadable, ClientTooOld):
        return
    assert len(whole.products) + len(whole.skipped) <= max(len(document["products"]), 0)


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        found.append((value, key))
        found += _places(inner)
    return found

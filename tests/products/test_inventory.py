# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Several sources of one product become one entry; versions side by side stay apart; evidence is kept."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from connection_client.domain.catalogue import DetectRule, InstallRecipe, Product, Severity
from connection_client.domain.installed import Evidence, LaunchTarget
from connection_client.domain.versions import Version
from connection_client.products.detector import Finding
from connection_client.products.inventory import merged
from tests.world.sample_products import product

PRODUCT = Product("viewer", "Viewer", (DetectRule("dpkg", "viewer"),), version_aliases={"Update 17": "10.17"})
START = LaunchTarget(("/usr/bin/viewer",))


def finding(
    text: str, strength: int = 0, source: str = "dpkg", launch: LaunchTarget | None = None
) -> Finding:
    return Finding("viewer", strength, text, Evidence(source, f"place {strength}", text), launch)


def test_two_texts_of_one_version_are_one_entry() -> None:
    (one,) = merged(PRODUCT, [finding("11.0.3.14"), finding("11.00.03.14", 1, "self")])

    assert one.version == Version((11, 0, 3, 14))
    assert one.version_text == "11.0.3.14"
    assert [evidence.source for evidence in one.evidence] == ["dpkg", "self"]


def test_the_strongest_rule_decides_the_version() -> None:
    (one,) = merged(PRODUCT, [finding("9.0", 2), finding("10.0", 0), finding("11.0", 1)])

    assert one.version == Version((10,))
    assert len(one.evidence) == 3


def test_versions_side_by_side_are_entries_of_their_own() -> None:
    entries = merged(PRODUCT, [finding("10.0"), finding("23.0"), finding("23.0", 1, "file-version")])

    assert [str(entry.version) for entry in entries] == ["10", "23"]
    assert [len(entry.evidence) for entry in entries] == [1, 2]


def test_a_weaker_rule_lends_its_version_where_the_stronger_text_says_none() -> None:
    (one,) = merged(PRODUCT, [finding("CONNECT Edition", 0), finding("10.17.2.61", 1)])

    assert one.version == Version((10, 17, 2, 61))
    assert len(one.evidence) == 2


def test_an_alias_of_the_publisher_is_a_version() -> None:
    (one,) = merged(PRODUCT, [finding("Update 17")])

    assert (one.version, one.version_text) == (Version((10, 17)), "Update 17")


def test_an_opaque_product_is_never_compared() -> None:
    opaque = Product("viewer", "Viewer", PRODUCT.detect, comparable=False)

    (one,) = merged(opaque, [finding("10.0")])

    assert one.version is None


def test_the_start_comes_from_whoever_knows_it() -> None:
    (one,) = merged(PRODUCT, [finding("10.0"), finding("10.0", 1, launch=START)])

    assert one.launch == START


@given(
    st.lists(
        st.tuples(st.sampled_from(["1.0", "1", "01.0", "2.0", "strange", ""]), st.integers(0, 3)),
        min_size=1,
        max_size=8,
    )
)
def test_no_evidence_is_lost_and_no_version_is_listed_twice(found: list[tuple[str, int]]) -> None:
    findings = [
        Finding("viewer", strength, text, Evidence("source", f"place {place}", text))
        for place, (text, strength) in enumerate(found)
    ]

    entries = merged(PRODUCT, findings)

    assert sum(len(entry.evidence) for entry in entries) == len(findings)
    versions = [entry.version for entry in entries if entry.version is not None]
    assert len(versions) == len(set(versions))


def test_the_programs_that_hold_its_files_are_those_that_its_packages_name() -> None:
    offered = product("viewer", "Viewer", "10.2", 5, "", Severity.RECOMMENDED)
    (release,) = offered.releases
    releases = tuple(
        replace(
            release,
            packages=(replace(release.packages[0], install=InstallRecipe("msi", close_applications=names)),),
        )
        for names in (("a.exe", "b.exe"), ("b.exe",))
    )
    (one,) = merged(replace(offered, releases=releases), [finding("10.0")])
    assert one.parts == ("a.exe", "b.exe")

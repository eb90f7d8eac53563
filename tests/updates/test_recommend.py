# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is recommended, why, and what is in the way: every rule with an example, and what never happens."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.domain.catalogue import Severity
from connection_client.domain.installed import InstalledProduct
from connection_client.domain.recommendations import Blocker, Reason, Recommendation
from connection_client.domain.versions import Order, compare
from connection_client.updates.recommend import recommend
from tests.updates.offers import context, installed, offer, offered
from tests.world.catalogues import Json, catalogue, package_json, product_json, release_json

OLD, NEW = release_json("10.1.0.12"), release_json("10.2.0.7")


def test_the_newest_release_is_recommended_because_it_is_newer() -> None:
    recommendation = offer(installed("10.1.0.12"), NEW, OLD, release_json("9.9"))

    assert recommendation is not None
    assert recommendation.release.version_text == "10.2.0.7"
    assert recommendation.reasons == (Reason.NEWER,)
    assert recommendation.blockers == ()
    assert recommendation.chain == (recommendation.package,)


@pytest.mark.parametrize("version", ["10.2.0.7", "10.02.00.07", "10.3"])
def test_nothing_is_recommended_to_whoever_has_it(version: str) -> None:
    assert offer(installed(version), OLD, NEW) is None


@pytest.mark.parametrize("version", ["10.1.0.12-beta", "Update 17", ""])
def test_an_unknown_version_is_never_followed_by_a_recommendation(version: str) -> None:
    assert offer(installed(version), OLD, NEW, manual=True) is None


def test_an_opaque_product_is_never_compared() -> None:
    found = replace(installed("10.1"), version=None)

    assert offer(found, NEW, product={"version_scheme": "opaque"}) is None


def test_what_is_not_installed_can_be() -> None:
    recommendation = offer(None, OLD, NEW)

    assert recommendation is not None
    assert recommendation.reasons == (Reason.NOT_INSTALLED,)
    assert recommendation.release.version_text == "10.2.0.7"


def test_a_version_that_is_installed_beside_is_not_offered() -> None:
    whole = catalogue(product_json("viewer", OLD, NEW))
    both = (installed("10.1.0.12"), installed("10.2.0.7"))

    assert recommend(whole.products[0], both[0], context(whole, *both)) is None


def test_only_what_fits_this_computer_is_offered() -> None:
    other_os = release_json("13.0", package_json(os="windows", install={"type": "msi"}))
    other_arch = release_json("12.0", package_json(arch="arm64"))
    other_kind = release_json("11.0", package_json(install={"type": "rpm"}))
    strange = release_json("10.9", package_json(install={"type": "snap"}))

    assert offered(installed("10.1"), other_os, other_arch, other_kind, strange, NEW) == "10.2.0.7"


def test_the_package_for_this_architecture_goes_before_the_one_for_any() -> None:
    exact = package_json(arch="x64", filename="exact.deb")

    recommendation = offer(installed("10.1"), release_json("10.2", package_json(), exact))

    assert recommendation is not None
    assert recommendation.package.filename == "exact.deb"


def test_other_channels_are_for_those_who_asked() -> None:
    preview = release_json("11.0", channel="preview")

    assert offered(installed("10.1"), preview, NEW) == "10.2.0.7"
    assert offered(installed("10.1"), preview, NEW, channels=frozenset({"stable", "preview"})) == "11.0"


def test_a_release_of_tomorrow_waits() -> None:
    assert offered(installed("10.1"), release_json("10.2", date="2026-11-25")) == ""
    assert offered(installed("10.1"), release_json("10.2", date="2026-11-24")) == "10.2"


def test_applies_to_names_whom_a_release_is_for() -> None:
    narrow = release_json("10.17", applies_to=">=10.0,<11")

    assert offered(installed("10.1"), narrow) == "10.17"
    assert offered(installed("9.9"), narrow) == ""


def test_an_update_in_place_goes_before_an_upgrade_beside() -> None:
    upgrade = release_json("23.0", kind="upgrade")

    assert offered(installed("10.1"), upgrade, NEW) == "10.2.0.7"
    assert offered(installed("10.2.0.7"), upgrade, NEW) == "23.0"


def test_a_withdrawn_release_is_not_offered() -> None:
    assert (
        offered(installed("10.1"), release_json("10.2", withdrawn={"reason": "loses data"}), OLD)
        == "10.1.0.12"
    )


def test_whoever_has_a_withdrawn_release_is_led_away_even_backwards() -> None:
    gone = release_json("10.2.0.7", withdrawn={"reason": "loses data"})

    recommendation = offer(installed("10.2.0.7"), gone, OLD)

    assert recommendation is not None
    assert recommendation.release.version_text == "10.1.0.12"
    assert recommendation.reasons == (Reason.WITHDRAWN,)


def test_reasons_add_up() -> None:
    secure = release_json("10.3", notes={"cves": ["CVE-2026-1"]})
    ended = {"end_of_support": [{"versions": "<10.2", "date": "2026-01-01"}]}

    recommendation = offer(installed("10.1"), secure, product=ended)

    assert recommendation is not None
    assert recommendation.reasons == (Reason.NEWER, Reason.SECURITY, Reason.END_OF_SUPPORT)


def test_a_critical_release_in_between_makes_the_newer_one_critical() -> None:
    between = release_json("10.2", severity="critical")
    newest = release_json("10.3", severity="optional")

    passing = offer(installed("10.1"), between, newest)
    past = offer(installed("10.2"), between, newest)

    assert passing is not None
    assert passing.severity is Severity.CRITICAL
    assert past is not None
    assert past.severity is Severity.OPTIONAL


def test_critical_below_is_critical_only_below() -> None:
    release = release_json("10.3", severity="optional", critical_below="10.2")

    low, high = offer(installed("10.1"), release), offer(installed("10.2"), release)

    assert low is not None
    assert low.severity is Severity.CRITICAL
    assert high is not None
    assert high.severity is Severity.OPTIONAL


def chained(*found: InstalledProduct, minimum: str = "0.1", **client: Any) -> Recommendation:
    viewer = product_json(
        "viewer", release_json("10.2", package_json(requires=[{"id": "client", "min": minimum}]))
    )
    library = package_json(filename="library.deb", sha256="1" * 64)
    base = package_json(
        filename="client.deb", sha256="2" * 64, requires=[{"id": "library"}, {"id": "viewer"}]
    )
    whole = catalogue(
        viewer,
        product_json("client", release_json("0.1", base), release_json("0.2", base), **client),
        product_json("library", release_json("1.0", library)),
    )
    recommendation = recommend(
        whole.products[0], installed("10.1"), context(whole, installed("10.1"), *found)
    )
    assert recommendation is not None
    return recommendation


def test_prerequisites_come_first_in_one_chain() -> None:
    assert [package.filename for package in chained().chain] == ["library.deb", "client.deb", "nowhere.deb"]
    assert chained().blockers == ()


def test_a_prerequisite_that_is_here_is_not_in_the_chain() -> None:
    assert len(chained(installed("0.1", "client")).chain) == 1


def test_a_prerequisite_that_is_too_old_is() -> None:
    assert len(chained(installed("0.0.9", "client")).chain) == 3


def test_a_client_that_the_package_manager_does_not_know_is_installed_by_it() -> None:
    assert len(chained(installed("0.1", "client", source="self")).chain) == 3


def test_a_prerequisite_that_nobody_offers_is_in_the_way() -> None:
    assert chained(minimum="9.0").blockers == (Blocker.PREREQUISITE,)


VERSIONS = st.lists(st.integers(0, 3), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts)))


@given(
    VERSIONS | st.just("strange"),
    st.lists(
        st.builds(
            release_json,
            VERSIONS,
            kind=st.sampled_from(["update", "upgrade"]),
            severity=st.sampled_from(["critical", "recommended", "optional"]),
            rollout=st.builds(lambda percent: {"percent": percent}, st.integers(0, 100)),
        ),
        max_size=5,
    ),
    st.booleans(),
)
def test_what_is_offered_is_always_newer_and_once_taken_is_gone(
    version: str,
    releases: list[Json],
    manual: bool,  # noqa: FBT001
) -> None:
    found = installed(version)
    recommendation = offer(found, *releases, manual=manual)
    if recommendation is None:
        return
    assert compare(found.version, recommendation.release.version) is Order.OLDER
    other_way = offer(found, *reversed(releases), manual=manual)
    assert other_way is not None
    assert other_way.release.version == recommendation.release.version
    taken = installed(recommendation.release.version_text)
    again = offer(taken, *releases, manual=manual)
    assert again is None or again.release.version != recommendation.release.version

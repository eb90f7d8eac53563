# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What takes the place of another product, and what stays beside the version before."""

from typing import Any

import pytest

from connection_client.domain.installed import InstalledProduct
from connection_client.domain.recommendations import Blocker
from connection_client.updates.choices import Choices
from connection_client.updates.recommend import recommend
from connection_client.workspace.rows import rows_of
from tests.updates.offers import context, installed, offer, offered
from tests.world.catalogues import Json, catalogue, package_json, product_json, release_json


def shown(*found: InstalledProduct, products: tuple[Json, ...], **changes: Any) -> dict[str, str]:
    """The rows as their product and what is offered for it."""
    rows = rows_of(context(catalogue(*products), *found, **changes), lambda _: None)
    return {
        row.product_id: row.recommendation.release.version_text if row.recommendation else "" for row in rows
    }


OLD = product_json("planner", release_json("9.0"), release_json("9.1"))
NEW = product_json("designer", release_json("1.0"), release_json("2.0", supersedes=["planner"]))


def test_the_old_one_is_not_offered_beside_the_new_one() -> None:
    assert shown(products=(OLD, NEW)) == {"designer": "2.0"}


def test_nor_where_the_new_one_is_installed() -> None:
    assert shown(installed("2.0", "designer"), products=(OLD, NEW)) == {"designer": ""}
    assert shown(installed("3.0", "designer"), products=(OLD, NEW)) == {"designer": ""}
    # Its update is offered, and that one takes the place.
    assert shown(installed("1.0", "designer"), products=(OLD, NEW)) == {"designer": "2.0"}


def test_who_works_with_the_old_one_still_gets_its_corrections() -> None:
    assert shown(installed("9.0", "planner"), products=(OLD, NEW)) == {"planner": "9.1", "designer": "2.0"}


@pytest.mark.parametrize(
    "held_back",
    [{"withdrawn": {"reason": "loses data"}}, {"channel": "preview"}, {"rollout": {"percent": 0}}],
)
def test_a_successor_that_is_not_offered_takes_no_place(held_back: dict[str, Any]) -> None:
    later = product_json("designer", release_json("2.0", supersedes=["planner"], **held_back))

    assert shown(products=(OLD, later)) == {"planner": "9.1"}


def test_nor_one_for_other_computers_or_one_that_is_left_alone() -> None:
    elsewhere = product_json(
        "designer", release_json("2.0", package_json(os="windows"), supersedes=["planner"])
    )
    alone = Choices("x", ignored=frozenset({"designer"}))

    assert shown(products=(OLD, elsewhere)) == {"planner": "9.1"}
    assert shown(products=(OLD, NEW), choices=alone) == {"planner": "9.1"}


def test_two_that_supersede_each_other_are_both_offered() -> None:
    odd = product_json("planner", release_json("9.1", supersedes=["designer"]))

    assert shown(products=(odd, NEW)) == {"planner": "9.1", "designer": "2.0"}


BESIDE = package_json(install={"type": "deb", "behaviour": "side-by-side"})


def test_a_version_beside_is_offered_once_and_the_older_one_rests() -> None:
    new = release_json("11.0", BESIDE, kind="upgrade")
    whole = catalogue(product_json("viewer", new))
    old, both = installed("10.1"), (installed("10.1"), installed("11.0"))

    assert offered(old, new) == "11.0"
    assert all(recommend(whole.products[0], one, context(whole, *both)) is None for one in both)


def test_a_version_beside_is_not_put_behind_a_newer_one() -> None:
    both = (installed("10.1"), installed("11.0"))
    beside = catalogue(product_json("viewer", release_json("10.5", BESIDE)))
    in_place = catalogue(product_json("viewer", release_json("10.5")))

    assert recommend(beside.products[0], both[0], context(beside, *both)) is None
    assert recommend(in_place.products[0], both[0], context(in_place, *both)) is not None


def test_what_this_client_cannot_install_is_shown_with_the_reason_where_nothing_else_is_there() -> None:
    hindered = package_json(install={"type": "appimage", "behaviour": "side-by-side"})
    newest = release_json("12.0", hindered)

    found = offer(installed("10.1"), release_json("11.0"), newest)
    assert found is not None
    assert (found.release.version_text, found.blockers) == ("11.0", ())

    left = offer(installed("11.0"), release_json("11.0"), newest)
    assert left is not None
    assert (left.release.version_text, left.blockers) == ("12.0", (Blocker.OBSTACLE,))
    assert "is to stay" in left.package.obstacle
    assert offered(installed("12.0"), newest) == ""
    assert offered(installed("11.0"), release_json("12.0", {**hindered, "os": "windows"})) == ""
    assert offered(installed("11.0"), release_json("12.0", hindered, channel="preview")) == ""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a catalogue says of the version before, and of products that a release takes the place of."""

import pytest

from tests.world.catalogues import catalogue, only, package_json, product_json, release_json


@pytest.mark.parametrize(
    ("kind", "behaviour", "obstacle"),
    [
        *((kind, "replace", "") for kind in ("deb", "msi", "exe", "appimage", "pkg")),
        *((kind, "side-by-side", "") for kind in ("deb", "rpm", "msi", "burn", "inno", "nsis", "exe", "pkg")),
        *((kind, "side-by-side", "is to stay") for kind in ("appimage", "dmg-app", "flatpak", "msix")),
        *((kind, "uninstall-previous", "") for kind in ("deb", "rpm", "msi", "msix", "flatpak", "appimage")),
        *(
            (kind, "uninstall-previous", "has to be removed")
            for kind in ("exe", "burn", "inno", "nsis", "pkg")
        ),
    ],
)
def test_what_is_not_done_with_the_version_before_is_an_obstacle_in_words(
    kind: str, behaviour: str, obstacle: str
) -> None:
    package = package_json(install={"type": kind, "behaviour": behaviour})

    read = catalogue(product_json("survey-viewer", release_json("1.0", package)))

    found = only(only(read.products[0].releases).packages)
    assert found.install.behaviour == behaviour
    assert (obstacle in found.obstacle) if obstacle else found.obstacle == ""


def test_what_a_release_supersedes_is_read() -> None:
    read = catalogue(
        product_json("road-designer", release_json("1.0", supersedes=["road-planner", "lane-planner"])),
        product_json("road-planner", release_json("9.0")),
    )

    assert only(read.products[0].releases).supersedes == ("road-planner", "lane-planner")
    assert {old: [new.id for new in by] for old, by in read.successors.items()} == {
        "road-planner": ["road-designer"],
        "lane-planner": ["road-designer"],
    }

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The same update is offered again and again.

Compares versions as numbers, takes two entries of one program for one, looks at the computer after
installing, and does not offer what moved nothing. "This is wrong" in a row tells what was found to those who
can mend it.

Also shown by tests/products/test_inventory.py::test_two_texts_of_one_version_are_one_entry,
tests/windows/test_detection.py::test_the_two_entries_of_one_program_are_one_line (registry of Wine) and
tests/updates/test_on_a_desktop.py::test_it_goes_to_it_and_to_the_support (the report, in a real window).
"""

import pytest

from connection_client.domain.errors import VersionDidNotChange
from tests.world.catalogues import only, package_json, product_json, release_json
from tests.world.delivery import Delivery


def test_an_installer_that_moves_nothing_is_not_offered_again(world: Delivery) -> None:
    world.computer.install(world.deb("10.1.0.12"))
    mislabelled = package_json(world.deb("10.1.0.12"))
    world.publish(product_json("survey-viewer", release_json("10.2.0.7", mislabelled)))
    workspace = world.workspace()
    workspace.refresh()
    with pytest.raises(VersionDidNotChange):
        world.install(workspace)
    for later in (workspace, world.workspace()):
        later.refresh()
        assert only(later.view.rows).recommendation is None


def test_an_application_that_two_packages_bring_is_one_row(world: Delivery) -> None:
    world.computer.install(world.deb("10.1.0.12"), world.deb("1:10.1.0.12-3", "survey-viewer-extra"))
    two = [{"type": "dpkg", "value": name} for name in ("survey-viewer-ses", "survey-viewer-extra")]
    newer = release_json("10.2.0.7", package_json(world.deb("10.2.0.7")))
    world.publish(product_json("survey-viewer", newer, detect=two))
    workspace = world.workspace()
    workspace.refresh()
    row = only(workspace.view.rows)  # and one offer
    assert row.installed.version_text == "10.1.0.12"
    assert row.recommendation.release.version_text == "10.2.0.7"


@pytest.mark.parametrize("written", ["10.01.00.12", "10.1.0.012"])
def test_another_spelling_of_the_version_is_no_update(world: Delivery, written: str) -> None:
    world.computer.install(world.deb("10.1.0.12"))
    world.publish(product_json("survey-viewer", release_json(written, package_json(world.deb("10.1.0.12")))))
    workspace = world.workspace()
    workspace.refresh()
    row = only(workspace.view.rows)
    assert row.installed is not None
    assert row.recommendation is None

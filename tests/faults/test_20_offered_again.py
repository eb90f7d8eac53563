# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The same update is offered again and again.

Compares versions as numbers, looks at the computer after installing, and does not offer what moved nothing.
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


@pytest.mark.parametrize("written", ["10.01.00.12", "10.1.0.012"])
def test_another_spelling_of_the_version_is_no_update(world: Delivery, written: str) -> None:
    world.computer.install(world.deb("10.1.0.12"))
    world.publish(product_json("survey-viewer", release_json(written, package_json(world.deb("10.1.0.12")))))
    workspace = world.workspace()
    workspace.refresh()
    row = only(workspace.view.rows)
    assert row.installed is not None
    assert row.recommendation is None

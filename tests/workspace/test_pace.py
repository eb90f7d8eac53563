# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""After a download the list tells how fast it came; before, and after one that was too short, nothing."""

import pytest

from tests.world.catalogues import package_json, product_json, release_json
from tests.world.delivered import installed, refreshed
from tests.world.delivery import Delivery
from tests.world.packages import make_deb
from tests.world.root import needs_root

pytestmark = needs_root


def test_what_was_measured_in_a_download_stands_in_the_view(
    world: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connection_client.updates.pace._SHORTEST_SECONDS", 0.0)
    world.computer.install(world.deb("10.1.0.12"))
    files = {"/usr/share/survey/points": "0.125 0.250 0.375\n" * 500_000}
    deb = make_deb(world.files, "survey-viewer-ses", "10.2.0.7", files=files, compression="none")
    world.publish(product_json("survey-viewer", release_json("10.2.0.7", package_json(deb))))
    workspace = refreshed(world)
    assert workspace.view.pace == 0.0
    world.install(workspace)
    assert installed(world) == "10.2.0.7"
    assert workspace.view.pace > 0
    assert workspace.view.pace == workspace.look_again().pace


def test_a_download_that_was_too_short_tells_nothing(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    updatable.install(workspace)
    assert installed(updatable) == "10.2.0.7"
    assert workspace.view.pace == 0.0

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The role for downloads is missing.

Shows the application with the reason and whom to ask, fetches nothing, and what is installed can be started.
"""

from dataclasses import replace

import pytest

from connection_client.domain.accounts import DOWNLOAD_ROLE
from connection_client.domain.errors import RoleMissing
from connection_client.domain.recommendations import Blocker
from connection_client.domain.texts import explain
from tests.world.catalogues import only, product_json
from tests.world.delivered import MAYA, installed, release
from tests.world.delivery import Delivery


def test_it_is_visible_and_locked(world: Delivery) -> None:
    world.computer.install(world.deb("10.1.0.12"))
    world.publish(product_json("survey-viewer", release(world, "10.2.0.7", auth="account")))
    world.account = MAYA
    workspace = world.workspace()
    workspace.refresh()
    row = only(workspace.view.rows)
    assert Blocker.ROLE_MISSING in row.recommendation.blockers
    assert row.installed.launch is not None
    with pytest.raises(RoleMissing) as caught:
        world.install(workspace)
    assert "Ana Lima" in explain(caught.value)
    assert world.server.requests("/delivery/files/files/survey-viewer-ses_10.2.0.7_all.deb") == []
    assert installed(world) == "10.1.0.12"
    world.account = replace(MAYA, roles=(DOWNLOAD_ROLE,))
    assert world.install(workspace).after == "10.2.0.7"

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The role for downloads is missing.

Shows the application with the reason and whom to ask, fetches nothing, and what is installed can be started.

Also shown by tests/ui/test_phrases.py::test_a_missing_role_locks_the_download_and_not_the_start and, at the
real Center, tests/workspace/test_with_center.py::test_the_center_itself_asks_who_downloads.
"""

import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from connection_client.domain.accounts import DOWNLOAD_ROLE
from connection_client.domain.errors import RoleMissing
from connection_client.domain.recommendations import Blocker
from connection_client.domain.texts import explain
from tests.faults.desks import PASSWORD, client, looking, organisation, person, published_at, registered, run
from tests.world.catalogues import only, product_json
from tests.world.center import Center
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


def test_the_window_has_a_button_to_whom_can_grant_it(center: Center, tmp_path: Path) -> None:
    """Somebody of the real Center without the role; the list is the Center's."""
    address = f"{uuid.uuid4().hex[:10]}@role-firm.example"
    organisation(center, "Role Firm", "role-firm.example")
    registered(center, address)
    name = published_at(center, tmp_path / "packages", "locked-viewer", public=False)
    center.manage("licence", "grant", "Role Firm", "locked-viewer")
    with person(center, tmp_path, address, PASSWORD) as desktop:
        run(desktop.environment, "sign-in", address)
        with client(desktop.environment, tmp_path / "log"), looking(desktop.environment) as screen:
            screen.click(name, seconds=60)
            assert "Olga Berg" in screen.wait_for_text("Downloading needs the role")
            screen.wait_for_text("The download role is missing: ask Olga Berg")
            assert screen.enabled(screen.wait_for("Write to Olga Berg"))
            assert screen.find(f"Install {name}") is None

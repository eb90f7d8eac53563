# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The network is metered, or the computer runs on battery.

Looks for updates all the same, downloads none by itself, and does when a person asks for it.
"""

import pytest

from connection_client.domain.errors import NotInstallable
from connection_client.domain.recommendations import Blocker
from connection_client.updates.context import Surroundings
from tests.faults.conftest import never
from tests.world.catalogues import only
from tests.world.delivered import installed
from tests.world.delivery import Delivery


@pytest.mark.parametrize(
    ("surroundings", "blocker"),
    [
        (Surroundings(metered=True), Blocker.METERED),
        (Surroundings(on_battery=True), Blocker.METERED),
    ],
)
def test_a_person_may_download_all_the_same(
    updatable: Delivery, surroundings: Surroundings, blocker: Blocker
) -> None:
    updatable.surroundings = surroundings
    workspace = updatable.workspace()
    workspace.refresh()
    assert only(workspace.view.rows).recommendation.blockers == (blocker,)
    with pytest.raises(NotInstallable):
        workspace.install("survey-viewer", updatable.told.append, never(), unattended=True)
    assert updatable.server.requests("/delivery/files/files/survey-viewer-ses_10.2.0.7_all.deb") == []
    assert installed(updatable) == "10.1.0.12"
    assert updatable.install(workspace).after == "10.2.0.7"

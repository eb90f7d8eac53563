# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The disk is full, or becomes full in the middle.

Keeps the old version, writes into the history what did not finish, and goes on when there is space.

A power cut is not tried; a killed process is (case 30).
"""

import pytest

from connection_client.domain.errors import DiskFull
from tests.world.catalogues import package_json, product_json, release_json
from tests.world.delivered import installed
from tests.world.delivery import Delivery
from tests.world.full_disk import reason_against, small_disk
from tests.world.packages import make_deb


@pytest.mark.skipif(bool(reason_against()), reason=reason_against())
def test_the_old_version_stays_and_a_later_try_goes_on(updatable: Delivery) -> None:
    filler = {"/usr/share/survey/points.csv": "".join(str(number) for number in range(400_000))}
    big = make_deb(updatable.files, "survey-viewer-ses", "10.3.0.0", files=filler)
    updatable.publish(product_json("survey-viewer", release_json("10.3.0.0", package_json(big))))
    with small_disk(updatable.folder / "disk", 1 << 20) as disk:
        updatable.downloads = disk / "downloads"
        neighbour = disk / "neighbour"
        neighbour.write_bytes(bytes(600 << 10))
        workspace = updatable.workspace()
        workspace.refresh()
        with pytest.raises(DiskFull):
            updatable.install(workspace)
        assert installed(updatable) == "10.1.0.12"
        assert updatable.workspace().history()[0].outcome == "disk-full"  # the next start can say it
        neighbour.unlink()
        assert updatable.install(workspace).after == "10.3.0.0"

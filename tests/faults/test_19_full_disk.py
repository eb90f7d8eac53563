# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The disk is full, or becomes full in the middle.

Looks for space before the first byte, keeps the old version and the part that fitted, writes into the history
what did not finish, and goes on from there when there is space.

Also shown by tests/updates/test_on_a_desktop.py::test_a_killed_client_says_what_did_not_finish_and_goes_on,
where the next start says so in the window.

A power cut is not tried; a killed process is (case 30).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.domain.errors import DiskFull
from connection_client.workspace.workspace import Workspace
from tests.world.catalogues import package_json, product_json, release_json
from tests.world.delivered import installed, refreshed
from tests.world.delivery import Delivery
from tests.world.faulty_server import Exchange
from tests.world.full_disk import reason_against, small_disk
from tests.world.packages import make_deb

pytestmark = pytest.mark.skipif(bool(reason_against()), reason=reason_against())

FILLER = "".join(str(number) for number in range(400_000))


@pytest.fixture
def big(updatable: Delivery) -> Path:
    """An update of more than two megabytes."""
    files = {"/usr/share/survey/points.csv": FILLER}
    deb = make_deb(updatable.files, "survey-viewer-ses", "10.3.0.0", files=files, compression="none")
    updatable.publish(product_json("survey-viewer", release_json("10.3.0.0", package_json(deb))))
    return deb


@pytest.fixture
def disk(updatable: Delivery) -> Iterator[Path]:
    """Downloads lie on a disk of four megabytes."""
    with small_disk(updatable.folder / "disk", 4 << 20) as disk:
        updatable.downloads = disk / "downloads"
        yield disk


def asked(world: Delivery, deb: Path) -> list[str | None]:
    """The ranges of all requests for the package so far."""
    return [seen.headers.get("Range") for seen in world.server.requests(f"/delivery/files/files/{deb.name}")]


def refused(world: Delivery, workspace: Workspace) -> int:
    """Try, and stay with the old version; how much is kept."""
    with pytest.raises(DiskFull) as caught:
        world.install(workspace)
    assert installed(world) == "10.1.0.12"
    assert world.workspace().history()[0].outcome == "disk-full"  # the next start can say it
    return int(str(caught.value.facts["kept"]))


def test_no_byte_is_asked_for_where_it_would_not_fit(updatable: Delivery, big: Path, disk: Path) -> None:
    neighbour = disk / "neighbour"
    neighbour.write_bytes(bytes(3 << 20))
    workspace = updatable.workspace()
    workspace.refresh()
    assert refused(updatable, workspace) == 0
    assert asked(updatable, big) == []
    neighbour.unlink()
    assert updatable.install(workspace).after == "10.3.0.0"
    assert asked(updatable, big) == [None]


def test_what_fitted_is_kept_and_gone_on_from(updatable: Delivery, big: Path, disk: Path) -> None:
    neighbour = disk / "neighbour"

    def fill(exchange: Exchange) -> None:
        if exchange.number == 1:  # it was looked for space already
            neighbour.write_bytes(bytes(3 << 20))
        exchange.send_file(big.read_bytes())

    updatable.server.answers[f"/delivery/files/files/{big.name}"] = fill
    workspace = updatable.workspace()
    workspace.refresh()
    kept = refused(updatable, workspace)
    assert 500_000 < kept < big.stat().st_size
    assert asked(updatable, big) == [None]
    (part,) = (disk / "downloads").glob("*.part")
    assert part.read_bytes()[:kept] == big.read_bytes()[:kept]
    neighbour.unlink()
    assert updatable.install(refreshed(updatable)).after == "10.3.0.0"  # also after a new start
    assert asked(updatable, big) == [None, f"bytes={kept}-"]

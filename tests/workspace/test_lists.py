# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A list that is old, changed or for others is shown as it was, and nothing is installed from it."""

from datetime import UTC, datetime, timedelta

import pytest

from connection_client.domain.errors import (
    CatalogueExpired,
    CatalogueNotTrusted,
    CenterUnreachable,
    ClientTooOld,
    NotInstallable,
)
from connection_client.domain.recommendations import Blocker
from connection_client.workspace.view import View
from tests.world.catalogues import catalogue_json, only, package_json, product_json, release_json
from tests.world.delivered import installed, refreshed, release
from tests.world.delivery import Delivery
from tests.world.root import needs_root

pytestmark = needs_root


def test_after_a_start_without_network_the_list_is_there_at_once(updatable: Delivery) -> None:
    refreshed(updatable)
    updatable.server.close()
    workspace = updatable.workspace()

    view = workspace.open()

    assert only(view.rows).recommendation is not None
    assert view.problem is None
    assert view.confirmed_at is not None
    later = workspace.refresh()
    assert isinstance(later.problem, CenterUnreachable)
    assert later.rows == view.rows
    assert later.confirmed_at == view.confirmed_at


def test_the_very_first_start_without_network_is_empty_and_says_why(world: Delivery) -> None:
    world.server.close()
    workspace = world.workspace()

    assert workspace.open() == View()
    assert isinstance(workspace.refresh().problem, CenterUnreachable)
    with pytest.raises(NotInstallable):
        world.install(workspace)


def test_a_list_changed_by_one_byte_is_shown_as_it_was_and_installs_nothing(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    updatable.publish(product_json("survey-viewer", release(updatable, "66.6")))
    file = updatable.repository.catalogue_file()
    file.write_bytes(file.read_bytes().replace(b"66.6", b"66.7", 1))

    view = workspace.refresh()

    assert isinstance(view.problem, CatalogueNotTrusted)
    assert only(view.rows).recommendation.release.version_text == "10.2.0.7"
    assert only(view.rows).recommendation.blockers == (Blocker.CATALOGUE,)
    with pytest.raises(CatalogueNotTrusted):
        updatable.install(workspace)
    with pytest.raises(CatalogueNotTrusted):
        workspace.examine_file(updatable.files / "survey-viewer-ses_10.2.0.7_all.deb")
    assert installed(updatable) == "10.1.0.12"


def test_an_expired_list_installs_nothing(updatable: Delivery) -> None:
    ended = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    updatable.repository.publish(b"{}", expires=ended)
    workspace = updatable.workspace()

    view = workspace.refresh()

    assert isinstance(view.problem, CatalogueExpired)
    assert view.rows == ()


@pytest.mark.parametrize("seen_before", [True, False])
def test_a_client_that_is_too_old_for_the_list_is_offered_its_own_update(
    updatable: Delivery,
    seen_before: bool,  # noqa: FBT001
) -> None:
    if seen_before:
        refreshed(updatable)
    updatable.computer.install(updatable.deb("0.9", "connection-client"))
    detect = [{"type": "dpkg", "value": "connection-client"}]
    newer = release_json("2.0", package_json(updatable.deb("2.0", "connection-client")))
    client = product_json("connection-client", newer, detect=detect)
    updatable.repository.publish(
        catalogue_json(product_json("survey-viewer"), min_client="2.0"), own=catalogue_json(client)
    )

    workspace = refreshed(updatable)

    assert isinstance(workspace.view.problem, ClientTooOld)
    assert len(workspace.view.rows) == (2 if seen_before else 1)
    assert updatable.install(workspace, "connection-client").after == "2.0"

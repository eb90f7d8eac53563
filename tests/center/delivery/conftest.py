# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A public package, one for the role, and an organisation."""

from pathlib import Path

import pytest
from pytest_django import Settings

from connect_center.delivery.shelf import mirror
from connect_center.organisations.models import Membership, Organisation
from connect_center.publisher.catalogue import ReleaseOrder
from connect_center.publisher.publishing import Publisher
from tests.world.members import member, organisation
from tests.world.packages import make_deb


@pytest.fixture
def publisher(tmp_path: Path, settings: Settings) -> Publisher:
    """The client is published for everybody, in the state folder that the views read."""
    settings.CENTER_STATE = tmp_path / "state"
    publisher = Publisher(tmp_path / "state", on_prepared=mirror)
    publisher.initialise("Example Systems")
    client = make_deb(tmp_path, "connection-client", "0.1.0", title="CONNECTION Client", architecture="amd64")
    publisher.add(client, ReleaseOrder(public=True))
    return publisher


@pytest.fixture
def published(publisher: Publisher, tmp_path: Path) -> Publisher:
    """An application beside it, for those with the role."""
    needs = ["connection-client (>= 0.1)"]
    deb = make_deb(tmp_path, "survey-viewer-ses", "10.1.0.12", title="Survey Viewer SES", depends=needs)
    publisher.add(deb, ReleaseOrder())
    return publisher


@pytest.fixture
def lima(published: Publisher) -> Organisation:
    assert published.repository.exists
    return organisation()


@pytest.fixture
def downloader(lima: Organisation) -> Membership:
    return member(lima, "Dora Dom", role=True)

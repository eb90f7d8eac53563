# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The version before comes back from the package that was kept."""

import threading

import pytest

from connection_client.domain.errors import NotInstallable
from tests.world.catalogues import only, product_json
from tests.world.delivered import installed, refreshed, release
from tests.world.delivery import Delivery
from tests.world.root import needs_root

pytestmark = needs_root


def test_the_version_before_comes_back_from_the_kept_package(updatable: Delivery) -> None:
    old = updatable.files / "survey-viewer-ses_10.1.0.12_all.deb"
    workspace = refreshed(updatable)
    with pytest.raises(NotInstallable):
        workspace.go_back("survey-viewer", updatable.told.append, threading.Event())
    workspace.install_file(old, updatable.told.append, threading.Event())
    updatable.install(workspace)
    updatable.server.seen.clear()

    report = workspace.go_back("survey-viewer", updatable.told.append, threading.Event())

    assert (report.before, report.after) == ("10.2.0.7", "10.1.0.12")
    assert installed(updatable) == "10.1.0.12"
    assert updatable.server.seen == []
    assert only(workspace.refresh().rows).recommendation is None
    assert only(workspace.refresh(manual=True).rows).recommendation is not None
    with pytest.raises(NotInstallable):
        workspace.go_back("survey-viewer", updatable.told.append, threading.Event())


def test_nothing_leads_back_to_what_was_withdrawn_or_changed_on_the_disk(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    old = updatable.files / "survey-viewer-ses_10.1.0.12_all.deb"
    workspace.install_file(old, updatable.told.append, threading.Event())
    updatable.install(workspace)
    kept = [path for path in (updatable.state / "packages").rglob("*.deb") if path.stat().st_nlink == 2]
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    with pytest.raises(NotInstallable):
        workspace.go_back("survey-viewer", updatable.told.append, threading.Event())
    assert installed(updatable) == "10.2.0.7"


def test_two_packages_are_kept_and_no_more(updatable: Delivery) -> None:
    versions = ("10.3", "10.4", "10.5")
    for version in versions:
        updatable.publish(product_json("survey-viewer", release(updatable, version)))
        updatable.install(refreshed(updatable))

    assert len(list((updatable.state / "packages/survey-viewer").iterdir())) == 2

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A file of the administrator is known by its bytes, installed by the same path, or refused."""

import threading

import pytest

from connection_client.domain.errors import (
    CatalogueNotReadable,
    FileNotKnown,
    FileNotReadable,
    NotInstallable,
)
from tests.world.catalogues import product_json
from tests.world.delivered import installed, refreshed, release
from tests.world.delivery import Delivery
from tests.world.root import needs_root

pytestmark = needs_root


def test_a_file_of_the_administrator_is_installed_by_its_bytes(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    given = updatable.folder / "from Ana.bin"
    given.write_bytes((updatable.files / "survey-viewer-ses_10.2.0.7_all.deb").read_bytes())
    updatable.server.seen.clear()

    match = workspace.examine_file(given)
    assert (match.product.id, match.release.version_text) == ("survey-viewer", "10.2.0.7")
    report = workspace.install_file(given, updatable.told.append, threading.Event())

    assert report.after == "10.2.0.7"
    assert installed(updatable) == "10.2.0.7"
    assert given.exists()
    assert updatable.server.seen == []


def test_a_file_that_no_list_knows_is_refused_and_stays(updatable: Delivery) -> None:
    workspace = refreshed(updatable)
    content = bytearray((updatable.files / "survey-viewer-ses_10.2.0.7_all.deb").read_bytes())
    content[-1] ^= 1
    given = updatable.folder / "survey-viewer-ses_10.2.0.7_all.deb"
    given.write_bytes(bytes(content))

    with pytest.raises(FileNotKnown):
        workspace.examine_file(given)
    with pytest.raises(FileNotKnown):
        workspace.install_file(given, updatable.told.append, threading.Event())

    assert given.exists()
    assert installed(updatable) == "10.1.0.12"


def test_files_that_cannot_be_read_are_told_apart(updatable: Delivery) -> None:
    workspace = refreshed(updatable)

    for path in (updatable.folder / "missing.deb", updatable.folder):
        with pytest.raises(FileNotReadable):
            workspace.examine_file(path)


def test_an_older_or_withdrawn_file_is_refused(world: Delivery) -> None:
    world.computer.install(world.deb("10.2.0.7"))
    withdrawn = {**release(world, "10.3.0.0"), "withdrawn": {"reason": "loses points"}}
    world.publish(product_json("survey-viewer", release(world, "10.1.0.12"), withdrawn))
    workspace = refreshed(world)

    for name, reason in (("10.1.0.12", "a newer version is installed"), ("10.3.0.0", "loses points")):
        with pytest.raises(NotInstallable) as caught:
            workspace.examine_file(world.files / f"survey-viewer-ses_{name}_all.deb")
        assert caught.value.facts["reason"] == reason


def test_before_any_list_no_file_is_known(world: Delivery) -> None:
    path = world.deb("10.1.0.12")
    workspace = world.workspace()
    workspace.open()

    with pytest.raises((FileNotKnown, CatalogueNotReadable)):
        workspace.examine_file(path)

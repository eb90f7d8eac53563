# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A version that is installed beside the older one is a success, and the older one stays."""

import threading

import pytest

from connection_client.domain.errors import NotInstallable
from tests.world.catalogues import Json, package_json, product_json, release_json
from tests.world.delivered import refreshed
from tests.world.delivery import Delivery
from tests.world.root import needs_root

pytestmark = needs_root

OLD, NEW = "survey-viewer-ses", "survey-viewer-11-ses"


def beside(world: Delivery) -> Json:
    """10 and 11 are packages of their own; 11 says that 10 stays."""
    new = package_json(world.deb("11.0.0.1", NEW), install={"type": "deb", "behaviour": "side-by-side"})
    return product_json(
        "survey-viewer",
        release_json("10.1.0.12", package_json(world.deb("10.1.0.12"))),
        release_json("11.0.0.1", new, kind="upgrade"),
        detect=[{"type": "dpkg", "value": NEW}, {"type": "dpkg", "value": OLD}],
    )


def test_the_older_version_stays_and_nothing_failed(world: Delivery) -> None:
    world.computer.install(world.deb("10.1.0.12"))
    world.publish(beside(world))
    workspace = refreshed(world)

    report = world.install(workspace)

    assert (report.before, report.after) == ("10.1.0.12", "11.0.0.1")
    assert (world.computer.version(OLD), world.computer.version(NEW)) == ("10.1.0.12", "11.0.0.1")
    assert [entry.outcome for entry in workspace.history()] == ["installed"]
    assert all(row.recommendation is None for row in workspace.view.rows)


def test_a_file_that_this_client_would_put_in_place_of_the_older_one_is_refused_in_words(
    world: Delivery,
) -> None:
    image = world.files / "survey.AppImage"
    image.write_bytes(b"an image")
    package = package_json(image, install={"type": "appimage", "behaviour": "side-by-side"})
    world.publish(product_json("survey-viewer", release_json("11.0", package)))
    workspace = refreshed(world)

    with pytest.raises(NotInstallable) as caught:
        workspace.install_file(image, lambda _: None, threading.Event())

    assert "is to stay beside it" in str(caught.value.facts["reason"])

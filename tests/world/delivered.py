# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What tests do with a delivery again and again: publish a release, look at the list and at the machine."""

from connection_client.domain.accounts import Account, Membership, Person
from connection_client.workspace.workspace import Workspace
from tests.world.catalogues import Json, package_json, product_json, release_json
from tests.world.delivery import Delivery

MAYA = Account(
    "issuer",
    "subject",
    "maya@lima-survey.example",
    "Maya",
    Membership.ACTIVE,
    "Lima Survey",
    administrators=(Person("Ana Lima", "ana@lima-survey.example"),),
)


def release(world: Delivery, version: str, **changes: object) -> Json:
    """A release with its package on the server."""
    return release_json(version, package_json(world.deb(version), **changes))


def refreshed(world: Delivery) -> Workspace:
    """A client that has just asked."""
    workspace = world.workspace()
    workspace.refresh()
    return workspace


def installed(world: Delivery) -> str:
    """The version that dpkg knows."""
    return world.computer.version("survey-viewer-ses")


def made_updatable(world: Delivery) -> Delivery:
    """10.1.0.12 is installed, 10.2.0.7 is published."""
    world.computer.install(world.deb("10.1.0.12"))
    world.publish(product_json("survey-viewer", release(world, "10.1.0.12"), release(world, "10.2.0.7")))
    return world

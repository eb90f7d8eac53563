# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Center that delivers, a computer with an older version, and what a test does with both."""

from connection_client.domain.accounts import Account, Membership, Person
from connection_client.workspace.workspace import Workspace
from tests.world.catalogues import Json, package_json, release_json
from tests.world.delivery import Delivery

ACCOUNT = Account(
    "issuer",
    "subject",
    "maya@lima-survey.example",
    "Maya",
    Membership.ACTIVE,
    "Lima Survey",
    administrators=(Person("Ana Lima", "ana@lima-survey.example"),),
)


def release(world: Delivery, version: str, **changes: object) -> Json:
    return release_json(version, package_json(world.deb(version), **changes))


def refreshed(world: Delivery) -> Workspace:
    workspace = world.workspace()
    workspace.refresh()
    return workspace


def installed(world: Delivery) -> str:
    return world.computer.version("survey-viewer-ses")

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Joins the list of applications."""

from datetime import UTC, datetime

from connection_client.bootstrap.local import Local
from connection_client.bootstrap.services import Services
from connection_client.domain.accounts import Account, SessionStatus
from connection_client.domain.update_settings import CHANNEL, SELF_UPDATE, UPDATE_MODE
from connection_client.identity.session import Session
from connection_client.launch.entitlements import Entitlements
from connection_client.products.inventory import Inventory
from connection_client.storage.folders import Folders
from connection_client.storage.history import HistoryFile
from connection_client.storage.kept_packages import PackageFolder
from connection_client.storage.measures import MeasureFile
from connection_client.storage.settings import SettingsFile
from connection_client.storage.update_locks import lock_beside, one_installation
from connection_client.storage.update_state import UpdateState
from connection_client.updates.modes import PolicyByMode
from connection_client.updates.pace import MeasuredPace
from connection_client.workspace.installation import Installation
from connection_client.workspace.observer import Observer
from connection_client.workspace.workspace import Workspace


def workspace_of(
    folders: Folders,
    settings: SettingsFile,
    services: Services,
    session: Session,
    entitlements: Entitlements,
    local: Local,
) -> Workspace:
    """The list of applications, with what it trusts, downloads and follows."""
    inventory = Inventory(local.detectors, local.watched, local.changes)
    state = folders.state / "updates.json"
    choices = UpdateState(state, lock_beside(state))
    observer = Observer(
        source=services.catalogue,
        inventory=inventory,
        applications=local.applications,
        entitlements=entitlements,
        account=lambda: account_of(session),
        computer=local.computer,
        choices=choices,
        clock=_now,
        policy=PolicyByMode(
            services.policy, lambda: settings.get(UPDATE_MODE), lambda: settings.get(SELF_UPDATE)
        ),
        surroundings=local.surroundings,
        channel=lambda: settings.get(CHANNEL),
    )
    return Workspace(observer, _installation(folders, services, local, inventory, choices))


def _installation(
    folders: Folders, services: Services, local: Local, inventory: Inventory, choices: UpdateState
) -> Installation:
    history = folders.state / "history.jsonl"
    measures = folders.state / "measures.json"
    return Installation(
        downloads=services.downloads,
        installer=local.installer,
        applications=local.applications,
        inventory=inventory,
        choices=choices,
        history=HistoryFile(history, lock_beside(history)),
        alone=one_installation(folders.state),
        logs=folders.logs / "installations",
        clock=_now,
        kept=PackageFolder(folders.state / "packages"),
        pace=MeasuredPace(MeasureFile(measures, lock_beside(measures))),
    )


def account_of(session: Session) -> Account | None:
    state = session.state
    return state.account if state.status is SessionStatus.SIGNED_IN else None


def _now() -> datetime:
    return datetime.now(UTC)

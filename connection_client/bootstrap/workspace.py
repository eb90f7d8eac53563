# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Joins the list of applications."""

from datetime import UTC, datetime
from pathlib import Path

from connection_client.backend.center_api import CenterApi
from connection_client.backend.downloads import RangeDownloads
from connection_client.backend.http import Client
from connection_client.backend.trust import SignedCatalogue
from connection_client.backend.update_policy import CenterPolicy
from connection_client.bootstrap.local import Local
from connection_client.domain.accounts import Account, SessionStatus
from connection_client.domain.errors import CatalogueNotTrusted
from connection_client.domain.language import N_
from connection_client.domain.settings import TRUSTED_ROOT
from connection_client.domain.update_settings import (
    BANDWIDTH_LIMIT,
    MIRROR,
    SELF_UPDATE,
    UPDATE_MODE,
    UPDATE_RING,
)
from connection_client.identity.session import Session
from connection_client.launch.entitlements import Entitlements
from connection_client.products.inventory import Inventory
from connection_client.storage.files import write_atomically
from connection_client.storage.folders import Folders
from connection_client.storage.history import HistoryFile
from connection_client.storage.kept_packages import PackageFolder
from connection_client.storage.settings import SettingsFile
from connection_client.storage.update_locks import lock_beside, one_installation
from connection_client.storage.update_state import UpdateState
from connection_client.updates.modes import PolicyByMode
from connection_client.version import VERSION
from connection_client.workspace.installation import Installation
from connection_client.workspace.observer import Observer
from connection_client.workspace.workspace import Workspace

SHIPPED_ROOT = Path(__file__).resolve().parents[2] / "resources" / "trust" / "root.json"
_KIB = 1024


def policy_of(
    folders: Folders, settings: SettingsFile, http: Client, center: CenterApi, session: Session
) -> CenterPolicy:
    """What the organisation decided about updates."""
    kept_policy = folders.data / "update-policy.json"
    return CenterPolicy(
        http,
        lambda: center.address,
        session.access_token,
        lambda: settings.get(UPDATE_RING),
        kept_policy.read_bytes,
        lambda content: write_atomically(kept_policy, content),
    )


def workspace_of(
    folders: Folders,
    settings: SettingsFile,
    http: Client,
    center: CenterApi,
    session: Session,
    entitlements: Entitlements,
    local: Local,
    policy: CenterPolicy,
) -> Workspace:
    """The list of applications, with what it trusts, downloads and follows."""
    downloads = RangeDownloads(
        http,
        lambda: center.address,
        folders.cache / "downloads",
        session.access_token,
        lambda: settings.get(BANDWIDTH_LIMIT) * _KIB,
        mirror=lambda: settings.get(MIRROR),
    )
    catalogue = SignedCatalogue(
        http,
        lambda: center.address,
        folders.data / "catalogue",
        lambda: _trusted_root(settings.get(TRUSTED_ROOT)),
        lock_beside(folders.data / "catalogue"),
        write_atomically,
        VERSION,
    )
    by_mode = PolicyByMode(policy, lambda: settings.get(UPDATE_MODE), lambda: settings.get(SELF_UPDATE))
    return _joined(folders, local, catalogue, downloads, entitlements, session, by_mode)


def _joined(
    folders: Folders,
    local: Local,
    catalogue: SignedCatalogue,
    downloads: RangeDownloads,
    entitlements: Entitlements,
    session: Session,
    policy: PolicyByMode,
) -> Workspace:
    inventory = Inventory(local.detectors, local.watched)
    state = folders.state / "updates.json"
    choices = UpdateState(state, lock_beside(state))
    history = folders.state / "history.jsonl"
    observer = Observer(
        source=catalogue,
        inventory=inventory,
        applications=local.applications,
        entitlements=entitlements,
        account=lambda: account_of(session),
        computer=local.computer,
        choices=choices,
        clock=_now,
        policy=policy,
        surroundings=local.surroundings,
    )
    installation = Installation(
        downloads=downloads,
        installer=local.installer,
        applications=local.applications,
        inventory=inventory,
        choices=choices,
        history=HistoryFile(history, lock_beside(history)),
        alone=one_installation(folders.state),
        logs=folders.logs / "installations",
        clock=_now,
        kept=PackageFolder(folders.state / "packages"),
    )
    return Workspace(observer, installation)


def account_of(session: Session) -> Account | None:
    state = session.state
    return state.account if state.status is SessionStatus.SIGNED_IN else None


def _trusted_root(chosen: Path | None) -> bytes:
    path = chosen or SHIPPED_ROOT
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueNotTrusted(reason=N_("the first trusted keys are missing")) from error


def _now() -> datetime:
    return datetime.now(UTC)

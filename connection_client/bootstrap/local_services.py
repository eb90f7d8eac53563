# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Builds the services in this process, with all that they import."""

from pathlib import Path

from connection_client.backend.application_tokens import CenterApplications
from connection_client.backend.center_api import CenterApi
from connection_client.backend.downloads import RangeDownloads
from connection_client.backend.entitlements import CenterEntitlements
from connection_client.backend.examination import WayToTheCenter
from connection_client.backend.http import Client, open_client
from connection_client.backend.kept_metadata import KeptMetadata
from connection_client.backend.messages import CenterMessages
from connection_client.backend.openid import OpenIdProvider
from connection_client.backend.password_api import PasswordApi
from connection_client.backend.service_requests import CenterServiceRequests
from connection_client.backend.trust import SignedCatalogue
from connection_client.backend.update_policy import CenterPolicy
from connection_client.bootstrap.local import system_proxies
from connection_client.bootstrap.services import (
    Hooks,
    Services,
    downloads_folder,
    policy_file,
)
from connection_client.domain.errors import CatalogueNotTrusted
from connection_client.domain.language import N_
from connection_client.domain.settings import PROXY, TRUSTED_ROOT
from connection_client.domain.update_settings import BANDWIDTH_LIMIT, MIRROR, UPDATE_RING
from connection_client.storage.files import write_atomically
from connection_client.storage.folders import Folders
from connection_client.storage.key_store import KeyStore
from connection_client.storage.settings import SettingsFile
from connection_client.storage.update_locks import lock_beside
from connection_client.system.device import device_name
from connection_client.version import VERSION

SHIPPED_ROOT = Path(__file__).resolve().parents[2] / "resources" / "trust" / "root.json"
_KIB = 1024


def local_services(folders: Folders, settings: SettingsFile, keys: KeyStore, hooks: Hooks) -> Services:
    """One HTTP client for all of them; whoever builds them closes them."""
    http = open_client(settings, hooks.proxy_login, system_proxies())
    center = CenterApi(http, settings)
    return Services(
        keys=keys,
        center=center,
        provider=OpenIdProvider(http, settings, _kept_metadata(folders)),
        password=PasswordApi(http, center),
        entitlements=CenterEntitlements(http, center, hooks.access_token, device_name()),
        policy=_policy(folders, settings, http, center, hooks),
        catalogue=_catalogue(folders, settings, http, center),
        downloads=_downloads(folders, settings, http, center, hooks),
        applications=CenterApplications(http, center, hooks.access_token),
        support=CenterServiceRequests(http, center, hooks.access_token),
        messages=CenterMessages(http, center, hooks.access_token),
        way=WayToTheCenter(http, settings, hooks.state, lambda: settings.source(PROXY)),
        awaited=lambda _wanted: None,
        close=http.close,
    )


def _kept_metadata(folders: Folders) -> KeptMetadata:
    """What providers said of themselves, for the processes to come."""
    path = folders.cache / "providers.json"
    return KeptMetadata(path.read_bytes, lambda content: write_atomically(path, content))


def _policy(
    folders: Folders, settings: SettingsFile, http: Client, center: CenterApi, hooks: Hooks
) -> CenterPolicy:
    """What the organisation decided about updates."""
    kept = policy_file(folders)
    return CenterPolicy(
        http,
        lambda: center.address,
        hooks.access_token,
        lambda: settings.get(UPDATE_RING),
        kept.read_bytes,
        lambda content: write_atomically(kept, content),
    )


def _catalogue(folders: Folders, settings: SettingsFile, http: Client, center: CenterApi) -> SignedCatalogue:
    return SignedCatalogue(
        http,
        lambda: center.address,
        folders.data / "catalogue",
        lambda: _trusted_root(settings.get(TRUSTED_ROOT)),
        lock_beside(folders.data / "catalogue"),
        write_atomically,
        VERSION,
    )


def _downloads(
    folders: Folders, settings: SettingsFile, http: Client, center: CenterApi, hooks: Hooks
) -> RangeDownloads:
    return RangeDownloads(
        http,
        lambda: center.address,
        downloads_folder(folders),
        hooks.access_token,
        lambda: settings.get(BANDWIDTH_LIMIT) * _KIB,
        mirror=lambda: settings.get(MIRROR),
    )


def _trusted_root(chosen: Path | None) -> bytes:
    path = chosen or SHIPPED_ROOT
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueNotTrusted(reason=N_("the first trusted keys are missing")) from error

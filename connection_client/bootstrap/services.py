# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What speaks to the network and to the key store, as one value: built here, or standing for another process.

The libraries behind it cost more memory than all the rest of the program, and most of the day nobody needs
them: the program in the tray has them in a process of their own, a command line in its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connection_client.domain.accounts import SessionState
from connection_client.domain.proxies import ProxyLogin

if TYPE_CHECKING:
    from pathlib import Path

    from connection_client.backend.application_tokens import CenterApplications
    from connection_client.backend.center_api import CenterApi
    from connection_client.backend.entitlements import CenterEntitlements
    from connection_client.backend.examination import WayToTheCenter
    from connection_client.backend.messages import CenterMessages
    from connection_client.backend.openid import OpenIdProvider
    from connection_client.backend.password_api import PasswordApi
    from connection_client.backend.service_requests import CenterServiceRequests
    from connection_client.backend.update_policy import CenterPolicy
    from connection_client.products.catalogue_source import CatalogueSource
    from connection_client.storage.folders import Folders
    from connection_client.storage.key_store import KeyStore
    from connection_client.updates.download import Downloads


@dataclass(frozen=True)
class Hooks:
    """What the services ask the rest of the program."""

    access_token: Callable[[], str]
    state: Callable[[], SessionState]
    proxy_login: Callable[[str], ProxyLogin | None]


@dataclass(frozen=True)
class Services:
    """May be called from any thread but the one of the windows; `awaited` says that somebody looks on."""

    keys: KeyStore
    center: CenterApi
    provider: OpenIdProvider
    password: PasswordApi
    entitlements: CenterEntitlements
    policy: CenterPolicy
    catalogue: CatalogueSource
    downloads: Downloads
    applications: CenterApplications
    support: CenterServiceRequests
    messages: CenterMessages
    way: WayToTheCenter
    awaited: Callable[[bool], None]
    close: Callable[[], None]


def policy_file(folders: Folders) -> Path:
    """Where the organisation's policy is kept, signed."""
    return folders.data / "update-policy.json"


def downloads_folder(folders: Folders) -> Path:
    """Where packages come together."""
    return folders.cache / "downloads"

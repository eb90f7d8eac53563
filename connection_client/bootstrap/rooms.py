# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Builds every room once and joins them."""

from collections.abc import Callable, Mapping

from connection_client.backend.application_tokens import CenterApplications
from connection_client.backend.center_api import CenterApi
from connection_client.backend.entitlements import CenterEntitlements
from connection_client.backend.http import open_client
from connection_client.backend.openid import OpenIdProvider
from connection_client.backend.password_api import PasswordApi
from connection_client.backend.service_requests import CenterServiceRequests
from connection_client.bootstrap.answering import broker_of, methods_of, tokens_of
from connection_client.bootstrap.examination import Examined, diagnostics_of
from connection_client.bootstrap.local import keep_autostart, local_of, system_proxies
from connection_client.bootstrap.log import keep_log
from connection_client.bootstrap.workspace import policy_of, workspace_of
from connection_client.domain.settings import EMAIL
from connection_client.identity.devices import Devices
from connection_client.identity.other_accounts import OtherAccounts
from connection_client.identity.password import PasswordReset
from connection_client.identity.proxy_logins import ProxyLogins
from connection_client.identity.refresh_tokens import RefreshTokens
from connection_client.identity.session import Session
from connection_client.identity.sign_in import SignIn
from connection_client.launch.entitlements import Entitlements
from connection_client.launch.launcher import Launcher
from connection_client.storage.account_cache import AccountFile
from connection_client.storage.agreed import AgreedFile
from connection_client.storage.entitlement_cache import EntitlementFiles
from connection_client.storage.files import read_json, write_json
from connection_client.storage.folders import Folders
from connection_client.storage.key_store import KeyStore
from connection_client.storage.launches import LaunchFile
from connection_client.storage.locks import SessionLockFile
from connection_client.storage.settings import SettingsFile
from connection_client.storage.told import ToldFile
from connection_client.storage.update_locks import lock_beside
from connection_client.storage.window_place import WindowPlaceFile
from connection_client.system.browser import open_in_browser
from connection_client.system.device import device_name
from connection_client.workspace.help import HelpDesk
from connection_client.workspace.rooms import Rooms
from connection_client.workspace.starting import Starting
from connection_client.workspace.watch import Watch
from connection_client.workspace.workspace import Workspace


def build(serve: Callable[[], None] | None = None) -> Rooms:
    """Build every service for this user; with `serve`, applications are answered too.

    `serve` is called when an application asks for the sign-in window. Raises FolderNotWritable.
    """
    folders = Folders.of_this_user()
    keep_log(folders.state)
    settings = SettingsFile(folders.config)
    keep_autostart(settings)
    keys = KeyStore()
    proxy_logins = ProxyLogins(keys)
    http = open_client(settings, proxy_logins.of, system_proxies())
    center = CenterApi(http, settings)
    provider = OpenIdProvider(http, settings)
    tokens, cache = RefreshTokens(keys), AccountFile(folders.data)
    lock = SessionLockFile(folders.data)
    session = Session(
        provider,
        center,
        tokens,
        cache,
        lock,
        open_in_browser,
        lambda: settings.get(EMAIL),
    )
    entitlements = Entitlements(
        CenterEntitlements(http, center, session.access_token, device_name()),
        EntitlementFiles(folders.data / "entitlements"),
        lambda: session.state,
    )
    session.subscribe(entitlements.follow)
    local = local_of(folders)
    policy = policy_of(folders, settings, http, center, session)
    workspace = workspace_of(folders, settings, http, center, session, entitlements, local, policy)
    application_tokens = tokens_of(folders, session, CenterApplications(http, center, session.access_token))
    methods = methods_of(session, entitlements, application_tokens, serve or (lambda: None))
    broker = broker_of(folders, methods) if serve else None
    watch = Watch(workspace)
    if serve:
        watch.start()
    launcher = Launcher(entitlements, local.programs, lambda: session.state, local.windows)
    starting = _starting(folders, workspace, launcher)

    def close() -> None:
        watch.stop()
        if broker is not None:
            broker.stop()
        local.close()
        http.close()

    return Rooms(
        session=session,
        sign_in=SignIn(session, provider, center, open_in_browser, settings),
        accounts=OtherAccounts(session, provider, tokens, cache, lock),
        devices=Devices(session, center),
        password=PasswordReset(PasswordApi(http, center)),
        workspace=workspace,
        entitlements=entitlements,
        launch=starting,
        recent=starting.recent,
        applications=application_tokens,
        callers=methods.callers.seen,
        help=_help(folders, center),
        settings=settings,
        proxy_logins=proxy_logins,
        open_in_browser=open_in_browser,
        wakeups=local.wakeups,
        notices=local.notices,
        wishes=local.wishes,
        window_places=WindowPlaceFile(folders.state / "window.json"),
        update_policy=policy,
        agreed=AgreedFile(folders.state / "agreed.json"),
        diagnostics=diagnostics_of(
            Examined(folders, settings, http, session, keys, tokens, cache, proxy_logins, workspace)
        ),
        told=ToldFile(folders.state / "told.json", lock_beside(folders.state / "told.json")),
        support=CenterServiceRequests(http, center, session.access_token),
        close=close,
    )


def _starting(folders: Folders, workspace: Workspace, launcher: Launcher) -> Starting:
    launches = folders.state / "launches.json"
    return Starting(lambda: workspace.view, launcher, LaunchFile(launches, lock_beside(launches)))


def _help(folders: Folders, center: CenterApi) -> HelpDesk:
    kept = folders.cache / "links.json"

    def keep(links: Mapping[str, str]) -> None:
        write_json(kept, dict(links))

    return HelpDesk(center.links, lambda: read_json(kept), keep)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Builds every room once and joins them."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from connection_client.bootstrap.answering import broker_of, methods_of, tokens_of
from connection_client.bootstrap.examination import Examined, diagnostics_of
from connection_client.bootstrap.local import Local, keep_autostart, local_of
from connection_client.bootstrap.log import keep_log
from connection_client.bootstrap.messages import messages_of
from connection_client.bootstrap.services import Hooks, Services, downloads_folder
from connection_client.bootstrap.workspace import workspace_of
from connection_client.broker.methods import Methods
from connection_client.broker.tokens import Tokens
from connection_client.domain.accounts import SessionState
from connection_client.domain.proxies import ProxyLogin
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
from connection_client.storage.failures import FailuresFile
from connection_client.storage.files import read_json, write_json
from connection_client.storage.folders import Folders
from connection_client.storage.launches import LaunchFile
from connection_client.storage.locks import SessionLockFile
from connection_client.storage.settings import SettingsFile
from connection_client.storage.told import ToldFile
from connection_client.storage.update_locks import lock_beside
from connection_client.storage.window_place import WindowPlaceFile
from connection_client.system.browser import open_in_browser
from connection_client.updates.leftovers import remove_leftovers
from connection_client.workspace.app_icons import finder
from connection_client.workspace.help import HelpDesk
from connection_client.workspace.rooms import Rooms
from connection_client.workspace.starting import Starting
from connection_client.workspace.watch import Watch
from connection_client.workspace.workspace import Workspace


@dataclass(frozen=True)
class Person:
    """Who works here, and all that follows from it."""

    session: Session
    accounts: OtherAccounts
    proxy_logins: ProxyLogins
    entitlements: Entitlements
    tokens: RefreshTokens
    cache: AccountFile


@dataclass(frozen=True)
class Parts:
    """What the rooms are joined of."""

    folders: Folders
    settings: SettingsFile
    services: Services
    person: Person
    local: Local
    workspace: Workspace


def build(serve: Callable[[], None] | None = None) -> Rooms:
    """Build every service for this user; with `serve`, applications are answered too.

    `serve` is called when an application asks for the sign-in window; whoever gives it stays long, so what
    needs much memory is left to a process that ends when it is not needed. Raises FolderNotWritable.
    """
    folders = Folders.of_this_user()
    keep_log(folders.logs)
    settings = SettingsFile(folders.config)
    keep_autostart(settings)
    services, person = _services_and_person(folders, settings, apart=serve is not None)
    local = local_of(folders, in_the_tray=serve is not None)
    workspace = workspace_of(folders, settings, services, person.session, person.entitlements, local)
    return _rooms(Parts(folders, settings, services, person, local, workspace), serve)


def _services_and_person(folders: Folders, settings: SettingsFile, *, apart: bool) -> tuple[Services, Person]:
    """Each needs the other: the services ask for a token, and the session asks the services for one."""

    def access_token() -> str:
        return person.session.access_token()

    def state() -> SessionState:
        return person.session.state

    def proxy_login(proxy: str) -> ProxyLogin | None:
        return person.proxy_logins.of(proxy)

    hooks = Hooks(access_token, state, proxy_login)
    services = _services(folders, settings, hooks, apart=apart)
    person = _person(folders, settings, services)
    return services, person


def _services(folders: Folders, settings: SettingsFile, hooks: Hooks, *, apart: bool) -> Services:
    if apart:
        from connection_client.bootstrap.remote_services import remote_services

        return remote_services(folders, settings, hooks)
    # Not where they are apart: these imports are what the other process is for.
    from connection_client.bootstrap.local_services import local_services
    from connection_client.storage.key_store import KeyStore

    return local_services(folders, settings, KeyStore(), hooks)


def _person(folders: Folders, settings: SettingsFile, services: Services) -> Person:
    tokens, cache = RefreshTokens(services.keys), AccountFile(folders.data)
    lock = SessionLockFile(folders.data)
    session = Session(
        services.provider,
        services.center,
        tokens,
        cache,
        lock,
        open_in_browser,
        lambda: settings.get(EMAIL),
    )
    kept = EntitlementFiles(folders.data / "entitlements")
    entitlements = Entitlements(services.entitlements, kept, lambda: session.state)
    session.subscribe(entitlements.follow)
    accounts = OtherAccounts(session, services.provider, tokens, cache, lock)
    return Person(session, accounts, ProxyLogins(services.keys), entitlements, tokens, cache)


def _rooms(it: Parts, serve: Callable[[], None] | None) -> Rooms:
    tokens = tokens_of(it.folders, it.person.session, it.services.applications)
    methods = methods_of(it.person.session, it.person.entitlements, tokens, serve or (lambda: None))
    close = _closing(it, methods, serving=serve is not None)
    return _with_this_computer(it, _for_the_person(it, tokens, methods, close))


def _for_the_person(it: Parts, tokens: Tokens, methods: Methods, close: Callable[[], None]) -> Rooms:
    services, session, starting = it.services, it.person.session, _starting(it)
    return Rooms(
        session=session,
        sign_in=SignIn(session, services.provider, services.center, open_in_browser, it.settings),
        accounts=it.person.accounts,
        devices=Devices(session, services.center),
        password=PasswordReset(services.password),
        workspace=it.workspace,
        entitlements=it.person.entitlements,
        launch=starting,
        recent=starting.recent,
        applications=tokens,
        callers=methods.callers.seen,
        help=_help(it.folders, services),
        settings=it.settings,
        proxy_logins=it.person.proxy_logins,
        open_in_browser=open_in_browser,
        close=close,
    )


def _with_this_computer(it: Parts, rooms: Rooms) -> Rooms:
    folders, services, local = it.folders, it.services, it.local
    told = folders.state / "told.json"
    return replace(
        rooms,
        wakeups=local.wakeups,
        notices=local.notices,
        wishes=local.wishes,
        window_places=WindowPlaceFile(folders.state / "window.json"),
        update_policy=services.policy,
        agreed=AgreedFile(folders.state / "agreed.json"),
        failures=FailuresFile(folders.state / "failures.json"),
        diagnostics=diagnostics_of(_examined(it)),
        told=ToldFile(told, lock_beside(told)),
        support=services.support,
        messages=messages_of(folders, services.messages, it.person.session),
        awaited=services.awaited,
        icons=finder(local.icon_file, services.catalogue.icon),
    )


def _closing(it: Parts, methods: Methods, *, serving: bool) -> Callable[[], None]:
    """Begin what runs on its own, where applications are answered; the function that ends all of it."""
    watch = Watch(it.workspace)
    broker = broker_of(it.folders, methods) if serving else None
    if serving:
        watch.start()
        folder = downloads_folder(it.folders)
        threading.Thread(target=remove_leftovers, args=(folder,), name="leftovers", daemon=True).start()

    def close() -> None:
        watch.stop()
        if broker is not None:
            broker.stop()
        it.local.close()
        it.services.close()

    return close


def _examined(it: Parts) -> Examined:
    return Examined(
        it.folders,
        it.settings,
        it.services.way,
        it.services.keys,
        it.person.session,
        it.person.tokens,
        it.person.cache,
        it.person.proxy_logins,
        it.workspace,
    )


def _starting(it: Parts) -> Starting:
    session, state = it.person.session, it.folders.state / "launches.json"
    launcher = Launcher(it.person.entitlements, it.local.programs, lambda: session.state, it.local.windows)
    return Starting(lambda: it.workspace.view, launcher, LaunchFile(state, lock_beside(state)))


def _help(folders: Folders, services: Services) -> HelpDesk:
    kept = folders.cache / "links.json"

    def keep(links: Mapping[str, str]) -> None:
        write_json(kept, dict(links))

    return HelpDesk(services.center.links, lambda: read_json(kept), keep)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The only place that builds objects and joins them."""

import logging
import logging.handlers
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from connection_client.backend.application_tokens import CenterApplications
from connection_client.backend.center_api import CenterApi
from connection_client.backend.downloads import RangeDownloads
from connection_client.backend.entitlements import CenterEntitlements
from connection_client.backend.http import open_client
from connection_client.backend.openid import OpenIdProvider
from connection_client.backend.password_api import PasswordApi
from connection_client.backend.proxies import system_proxy
from connection_client.backend.trust import SignedCatalogue
from connection_client.backend.update_policy import CenterPolicy
from connection_client.broker.changes import ENTITLEMENT, STATUS
from connection_client.broker.methods import Methods
from connection_client.broker.server import BrokerServer
from connection_client.broker.tokens import Tokens
from connection_client.domain.accounts import Account, SessionStatus
from connection_client.domain.errors import CatalogueNotTrusted
from connection_client.domain.language import N_
from connection_client.domain.notices import NoNotices, Notices
from connection_client.domain.proxies import ProxyLookup
from connection_client.domain.settings import (
    AUTOSTART,
    BANDWIDTH_LIMIT,
    EMAIL,
    MIRROR,
    TRUSTED_ROOT,
    UPDATE_RING,
    Source,
)
from connection_client.identity.devices import Devices
from connection_client.identity.other_accounts import OtherAccounts
from connection_client.identity.password import PasswordReset
from connection_client.identity.proxy_logins import ProxyLogins
from connection_client.identity.refresh_tokens import RefreshTokens
from connection_client.identity.session import Session
from connection_client.identity.sign_in import SignIn
from connection_client.launch.entitlements import Entitlements
from connection_client.launch.launcher import Launcher
from connection_client.launch.ports import Programs, Windows
from connection_client.products.detector import Detector
from connection_client.products.inventory import Inventory
from connection_client.storage.account_cache import AccountFile
from connection_client.storage.consents import ConsentFile
from connection_client.storage.entitlement_cache import EntitlementFiles
from connection_client.storage.files import read_json, write_atomically, write_json
from connection_client.storage.folders import Folders
from connection_client.storage.history import HistoryFile
from connection_client.storage.kept_packages import PackageFolder
from connection_client.storage.key_store import KeyStore
from connection_client.storage.launches import LaunchFile
from connection_client.storage.locks import SessionLockFile
from connection_client.storage.settings import SettingsFile
from connection_client.storage.update_locks import lock_beside, one_installation
from connection_client.storage.update_state import UpdateState
from connection_client.storage.window_place import WindowPlaceFile
from connection_client.system.browser import open_in_browser
from connection_client.system.device import device_name
from connection_client.system.windows_broker import PipeBrokerServer
from connection_client.updates.context import Computer, Surroundings
from connection_client.updates.install import Applications, Installer
from connection_client.version import VERSION
from connection_client.workspace.help import HelpDesk
from connection_client.workspace.installation import Installation
from connection_client.workspace.observer import Observer
from connection_client.workspace.rooms import Rooms, never
from connection_client.workspace.starting import Starting
from connection_client.workspace.watch import Watch
from connection_client.workspace.workspace import Workspace

SHIPPED_ROOT = Path(__file__).resolve().parent.parent / "resources" / "trust" / "root.json"
_LOG_BYTES = 1_000_000
_KIB = 1024


def _nothing() -> None:
    """Nothing is open."""


@dataclass(frozen=True)
class Local:
    """What this operating system offers."""

    detectors: tuple[Detector, ...]
    installer: Installer
    applications: Applications
    programs: Programs
    computer: Callable[[], Computer]
    watched: tuple[Path, ...] = ()
    surroundings: Callable[[], Surroundings] = Surroundings
    windows: Windows | None = None
    wakeups: Callable[[Callable[[], None]], Callable[[], None]] = never
    notices: Notices = field(default_factory=NoNotices)
    close: Callable[[], None] = _nothing


def build(serve: Callable[[], None] | None = None) -> Rooms:
    """Build every service for this user; with `serve`, applications are answered too.

    `serve` is called when an application asks for the sign-in window. Raises FolderNotWritable.
    """
    folders = Folders.of_this_user()
    keep_log(folders.state)
    settings = SettingsFile(folders.config)
    _keep_autostart(settings)
    keys = KeyStore()
    proxy_logins = ProxyLogins(keys)
    http = open_client(settings, proxy_logins.of, _system_proxies())
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
    local = _local(folders)
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
    kept_policy = folders.data / "update-policy.json"
    policy = CenterPolicy(
        http,
        lambda: center.address,
        session.access_token,
        lambda: settings.get(UPDATE_RING),
        kept_policy.read_bytes,
        lambda content: write_atomically(kept_policy, content),
    )
    workspace = _workspace(folders, local, catalogue, downloads, entitlements, session, policy)
    application_tokens = _tokens(folders, session, CenterApplications(http, center, session.access_token))
    methods = _methods(session, entitlements, application_tokens, serve or (lambda: None))
    broker = _broker(folders, methods) if serve else None
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
        window_places=WindowPlaceFile(folders.state / "window.json"),
        close=close,
    )


def _keep_autostart(settings: SettingsFile) -> None:
    """What the person or the organisation chose counts, whatever the setup for Windows was told."""
    if sys.platform == "win32" and getattr(sys, "frozen", False):
        from connection_client.system.windows_autostart import WindowsAutostart

        entry = WindowsAutostart([str(Path(sys.executable).parent / "CONNECTION Client.exe"), "--hidden"])
        try:
            if settings.source(AUTOSTART) is not Source.DEFAULT:
                (entry.enable if settings.get(AUTOSTART) else entry.disable)()
        except OSError:
            logging.getLogger(__name__).warning("the start with the session stays as it is", exc_info=True)


def keep_log(folder: Path) -> None:
    """Write warnings, and our own notes, to `client.log`; it never grows beyond two megabytes."""
    if any(isinstance(handler, logging.handlers.RotatingFileHandler) for handler in logging.root.handlers):
        return
    path = folder / "client.log"
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=1, delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.root.addHandler(handler)
    logging.getLogger("connection_client").setLevel(logging.INFO)


def _system_proxies() -> ProxyLookup:
    if sys.platform == "win32":
        from connection_client.system.windows_proxies import WindowsProxies

        return WindowsProxies(system_proxy)
    if sys.platform != "linux":
        return system_proxy
    from connection_client.system.linux_proxies import DesktopProxies

    return DesktopProxies(system_proxy)


def _local(folders: Folders) -> Local:
    return _windows(folders) if sys.platform == "win32" else _linux(folders)


def _windows(folders: Folders) -> Local:
    from connection_client.system.linux_detection import OwnDetector
    from connection_client.system.windows_computer import this_computer
    from connection_client.system.windows_detection import RegistryDetector
    from connection_client.system.windows_install import WindowsInstaller
    from connection_client.system.windows_launch import WindowsPrograms
    from connection_client.system.windows_processes import WindowsProcesses
    from connection_client.system.windows_surroundings import surroundings

    installer, processes = WindowsInstaller(), WindowsProcesses()
    return Local(
        detectors=(OwnDetector(), RegistryDetector()),
        installer=installer,
        applications=processes,
        windows=processes,
        programs=WindowsPrograms(folders.state / "programs"),
        computer=lambda: this_computer(installer),
        surroundings=surroundings,
    )


def _linux(folders: Folders) -> Local:
    from connection_client.system.appimage_install import AppImageInstaller
    from connection_client.system.desktop_detection import (
        AppStreamDetector,
        DesktopEntryDetector,
        data_folders,
    )
    from connection_client.system.dpkg_database import DpkgDatabase
    from connection_client.system.flatpak_detection import FlatpakDetector
    from connection_client.system.linux_computer import this_computer
    from connection_client.system.linux_detection import DpkgDetector, OwnDetector
    from connection_client.system.linux_install import LinuxInstaller, PackageInstaller
    from connection_client.system.linux_launch import LinuxPrograms
    from connection_client.system.linux_notices import LinuxNotices
    from connection_client.system.linux_processes import LinuxProcesses
    from connection_client.system.linux_surroundings import surroundings
    from connection_client.system.linux_wakeups import Wakeups
    from connection_client.system.rpm_detection import RpmDetector

    database, data = DpkgDatabase(), data_folders()
    appimages = AppImageInstaller(data[0])
    installer = LinuxInstaller(PackageInstaller("deb"), PackageInstaller("rpm"), appimages)
    processes, wakeups, notices = LinuxProcesses(database), Wakeups(), LinuxNotices()

    def close() -> None:
        wakeups.close()
        notices.close()

    return Local(
        detectors=(
            OwnDetector(),
            DpkgDetector(database),
            RpmDetector(),
            FlatpakDetector(),
            AppStreamDetector(data),
            DesktopEntryDetector(data),
        ),
        watched=(
            database.status_file,
            Path("/var/lib/rpm"),
            Path("/var/lib/flatpak/app"),
            *(folder / part for folder in data for part in ("applications", "metainfo", "flatpak/app")),
        ),
        installer=installer,
        applications=processes,
        windows=processes,
        programs=LinuxPrograms(folders.state / "programs"),
        computer=lambda: this_computer(installer),
        surroundings=surroundings,
        wakeups=wakeups.subscribe,
        notices=notices,
        close=close,
    )


def _workspace(
    folders: Folders,
    local: Local,
    catalogue: SignedCatalogue,
    downloads: RangeDownloads,
    entitlements: Entitlements,
    session: Session,
    policy: CenterPolicy,
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
        account=lambda: _account_of(session),
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
        logs=folders.state / "installations",
        clock=_now,
        kept=PackageFolder(folders.state / "packages"),
    )
    return Workspace(observer, installation)


def _account_of(session: Session) -> Account | None:
    state = session.state
    return state.account if state.status is SessionStatus.SIGNED_IN else None


def _tokens(folders: Folders, session: Session, source: CenterApplications) -> Tokens:
    kept = ConsentFile(folders.data / "consents.json")
    if sys.platform == "win32":
        from connection_client.system.windows_processes import program_of

        return Tokens(source, kept, lambda: _account_of(session), program_of)
    return Tokens(source, kept, lambda: _account_of(session))


def _methods(
    session: Session, entitlements: Entitlements, tokens: Tokens, open_sign_in: Callable[[], None]
) -> Methods:
    methods = Methods(lambda: session.state, entitlements.answer, open_sign_in, tokens)
    session.subscribe(lambda _state: methods.changes.publish(STATUS))
    entitlements.subscribe(lambda: methods.changes.publish(ENTITLEMENT))
    return methods


def _broker(folders: Folders, methods: Methods) -> BrokerServer | PipeBrokerServer:
    windows = sys.platform == "win32"
    broker = PipeBrokerServer(methods) if windows else BrokerServer(folders.runtime, methods)
    broker.start()
    return broker


def _starting(folders: Folders, workspace: Workspace, launcher: Launcher) -> Starting:
    launches = folders.state / "launches.json"
    return Starting(lambda: workspace.view, launcher, LaunchFile(launches, lock_beside(launches)))


def _help(folders: Folders, center: CenterApi) -> HelpDesk:
    kept = folders.cache / "links.json"

    def keep(links: Mapping[str, str]) -> None:
        write_json(kept, dict(links))

    return HelpDesk(center.links, lambda: read_json(kept), keep)


def _trusted_root(chosen: Path | None) -> bytes:
    path = chosen or SHIPPED_ROOT
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueNotTrusted(reason=N_("the first trusted keys are missing")) from error


def _now() -> datetime:
    return datetime.now(UTC)

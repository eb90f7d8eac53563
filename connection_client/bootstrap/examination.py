# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Joins what looks at this computer, and what of it may go to the support."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from connection_client.domain.errors import FolderNotWritable
from connection_client.domain.key_store_errors import KeyStoreError
from connection_client.domain.redaction import Private
from connection_client.domain.setting import Setting
from connection_client.domain.settings import CLIENT_SECRET, PROXY, SETTINGS
from connection_client.identity.proxy_logins import ProxyLogins
from connection_client.identity.refresh_tokens import RefreshTokens, token_name
from connection_client.identity.session import Session
from connection_client.storage import examination as kept
from connection_client.storage.account_cache import AccountFile
from connection_client.storage.folders import Folders
from connection_client.storage.settings import SettingsFile
from connection_client.system import examination as desktop
from connection_client.system.versions import versions
from connection_client.workspace.diagnostics import Diagnostics
from connection_client.workspace.doctor import Doctor
from connection_client.workspace.examination import catalogue_check, network_checks
from connection_client.workspace.workspace import Workspace

if TYPE_CHECKING:
    from connection_client.backend.examination import WayToTheCenter
    from connection_client.storage.key_store import KeyStore

_LOG_TAIL = 200_000  # bytes


@dataclass(frozen=True)
class Examined:
    """What the examination looks at."""

    folders: Folders
    settings: SettingsFile
    way: "WayToTheCenter"
    keys: "KeyStore"
    session: Session
    tokens: RefreshTokens
    cache: AccountFile
    proxy_logins: ProxyLogins
    workspace: Workspace


def diagnostics_of(it: Examined) -> Diagnostics:
    """The doctor and the bundle of this computer."""
    checks = (
        *network_checks(it.way),
        catalogue_check(lambda: it.workspace.view, it.workspace.open),
        *kept.checks(it.keys, it.folders),
        *desktop.checks(it.folders.runtime),
    )
    sources: dict[str, Callable[[], str]] = {
        "versions.txt": versions,
        "settings.txt": lambda: _settings(it.settings),
        "products.txt": lambda: _products(it.workspace),
        "history.txt": lambda: _history(it.workspace),
        "client.log": lambda: _log_tail(it.folders.logs),
    }
    return Diagnostics(Doctor(checks), sources, lambda: _private(it), _write_new)


def _settings(settings: SettingsFile) -> str:
    policy = settings.policy()
    lines = [f"policy: {policy.place}"]
    lines += [f"problem: {problem}" for problem in policy.problems]
    for setting in SETTINGS:
        value = json.dumps(Setting.plain(settings.get(setting)), ensure_ascii=False)
        lines.append(f"{setting.key} = {value}  ({settings.source(setting).value})")
    return "\n".join(lines)


def _products(workspace: Workspace) -> str:
    view = workspace.view if workspace.view.rows else workspace.open()
    lines: list[str] = []
    for row in view.rows:
        if row.installed is not None:
            lines.append(f"{row.product_id} {row.installed.version_text}")
            lines += [f"    {e.source}: {e.where} {e.version_text}".rstrip() for e in row.installed.evidence]
    return "\n".join(lines) or "nothing of the list is installed"


def _history(workspace: Workspace) -> str:
    lines = (
        f"{e.at:%Y-%m-%dT%H:%M:%S%z} {e.product_id} {e.before or '-'} -> {e.after or '-'} {e.outcome}"
        for e in workspace.history()
    )
    return "\n".join(lines) or "nothing was installed from here"


def _log_tail(folder: Path) -> str:
    log = folder / "client.log"
    content = b""
    for path in (log.with_name("client.log.1"), log):
        with suppress(OSError):
            content += path.read_bytes()
    if len(content) > _LOG_TAIL:
        content = content[-_LOG_TAIL:].partition(b"\n")[2]
    return content.decode("utf-8", "replace")


def _private(it: Examined) -> Private:
    return Private(
        secrets=tuple(secret for secret in _secrets(it) if secret),
        people=tuple(_people(it)),
        homes=(str(Path.home()), os.path.realpath(Path.home())),
    )


def _secrets(it: Examined) -> Iterator[str]:
    from urllib.request import getproxies  # much, and rarely needed

    remembered = it.cache.load()
    for account in (remembered.account, *remembered.others):
        with suppress(KeyStoreError):
            if account is not None:
                yield it.tokens.get(token_name(account)) or ""
    yield it.settings.get(CLIENT_SECRET)
    for proxy in {it.settings.get(PROXY), *getproxies().values()}:
        with suppress(ValueError):
            parts = urlsplit(proxy)
            yield unquote(parts.password or "")
            yield unquote(parts.username or "")
            login = it.proxy_logins.of(parts.netloc.rpartition("@")[2])
            if login is not None:
                yield from (login.password, login.name)


def _people(it: Examined) -> Iterator[str]:
    import getpass  # rarely needed

    with suppress(OSError, KeyError):
        yield getpass.getuser()
    yield Path.home().name
    remembered = it.cache.load()
    for account in (remembered.account, *remembered.others):
        if account is not None:
            yield from (account.name, account.email.partition("@")[0])
            for person in account.administrators:
                yield from (person.name, person.email.partition("@")[0])
    yield it.session.state.email.partition("@")[0]


def _write_new(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise FolderNotWritable(path=str(path), reason=error.strerror or "") from error

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the operator sets by environment variables, read once and said plainly where it cannot be read.

Secrets are read from files that the variables name, so that no process list and no log shows them.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

Settings = dict[str, Any]
_REDIS = "connect_center.operation.shared_cache.SharedCache"
_MOST_ENTRIES = 100_000  # Django's own 300 would throw away codes that wait, and counts of tries
_MOST_ANSWERS = 2_000  # of some kilobytes each


class SettingNotReadable(SystemExit):
    """A variable that makes no sense; ends the process with its sentence."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be used: {reason} The Center was not started.")


@dataclass(frozen=True)
class Place:
    """Where people reach the Center: "" when it is an embedded one on loopback."""

    url: str
    hosts: tuple[str, ...]
    proxies: int

    @property
    def is_https(self) -> bool:
        return self.url.startswith("https:")


def place() -> Place:
    """`CENTER_BASE_URL`, `CENTER_ALLOWED_HOSTS` and the number of trusted proxies in `CENTER_PROXIES`."""
    url = os.environ.get("CENTER_BASE_URL", "").rstrip("/")
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path):
        raise SettingNotReadable("CENTER_BASE_URL", "it has to look like https://center.example.")
    named = [name.strip() for name in os.environ.get("CENTER_ALLOWED_HOSTS", "").split(",")]
    hosts = ["127.0.0.1", "localhost", "[::1]", parts.hostname or "", *named]
    return Place(url, tuple(dict.fromkeys(filter(None, hosts))), number("CENTER_PROXIES", 0))


def number(name: str, default: int) -> int:
    """A whole number that is not negative."""
    text = os.environ.get(name, "")
    if text and not text.isdecimal():
        raise SettingNotReadable(name, "it has to be a whole number.")
    return int(text or default)


def secret(name: str) -> str:
    """The content of the file that the variable names, without the line's end; "" where none is named."""
    named = os.environ.get(name, "")
    if not named:
        return ""
    try:
        return Path(named).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingNotReadable(name, f"{named} cannot be read.") from error


def database(folder: Path) -> Settings:
    """`CENTER_DATABASE_URL` (postgresql://user@host:port/name); SQLite in the state folder by default."""
    url = os.environ.get("CENTER_DATABASE_URL", "")
    if not url:
        return _sqlite(folder / "center.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SettingNotReadable("CENTER_DATABASE_URL", "it has to begin with postgresql:// or sqlite://.")
    options: Settings = dict(parse_qsl(parts.query))
    prepared = options.pop("prepare_threshold", "1")
    if not str(prepared).isdecimal():
        raise SettingNotReadable("CENTER_DATABASE_URL", "prepare_threshold has to be a whole number.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": secret("CENTER_DATABASE_PASSWORD_FILE") or unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, "prepare_threshold": int(prepared) or None, **options},
    }


def _sqlite(path: Path) -> Settings:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",  # writers wait for each other instead of failing
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def cache() -> Settings:
    """`CENTER_CACHE_URL`: redis://…, `database`, or `memory` for a single process.

    Codes that wait to be traded and counts of tries live here, so several workers must share it: with
    PostgreSQL the database is the default.
    """
    url = os.environ.get("CENTER_CACHE_URL", "")
    if url.startswith(("redis://", "rediss://", "unix://")):
        return {"BACKEND": _REDIS, "LOCATION": url}
    if url == "database" or (not url and os.environ.get("CENTER_DATABASE_URL")):
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "center_cache",
            "OPTIONS": {"MAX_ENTRIES": _MOST_ENTRIES},
        }
    if url not in {"", "memory"}:
        raise SettingNotReadable("CENTER_CACHE_URL", "it has to be redis://…, database or memory.")
    return _memory("center", _MOST_ENTRIES)


def cache_of_answers() -> Settings:
    """Where signed answers are kept: in Redis for all workers, else in each process.

    They are found by their version, which the database tells, so a process may keep its own without ever
    giving an old one. They have a place apart: answers shall never push codes or counts of tries out.
    """
    shared = cache()
    if shared["BACKEND"] == _REDIS:
        return {**shared, "KEY_PREFIX": "answers"}
    return _memory("answers", _MOST_ANSWERS)


def _memory(name: str, most: int) -> Settings:
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": most},
    }


@dataclass(frozen=True)
class MailServer:
    """A mail server, or none: then mails stay in the state folder."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False


def mail_server() -> MailServer:
    """`CENTER_SMTP_URL`: smtp://, smtps:// or smtp+starttls://user@host:port."""
    url = os.environ.get("CENTER_SMTP_URL", "")
    if not url:
        return MailServer()
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
    if parts.scheme not in ports or not parts.hostname:
        raise SettingNotReadable("CENTER_SMTP_URL", "it has to look like smtp+starttls://user@mail.example.")
    return MailServer(
        parts.hostname,
        parts.port or ports[parts.scheme],
        unquote(parts.username or ""),
        secret("CENTER_SMTP_PASSWORD_FILE") or unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp+starttls",
    )

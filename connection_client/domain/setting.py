# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a setting is, and how its values are read; `settings` declares all of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from connection_client.domain.errors import ClientError
from connection_client.domain.settings_errors import SettingNotAccepted

T_co = TypeVar("T_co", covariant=True)  # a setting only gives values
Value = TypeVar("Value")

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})


class Source(StrEnum):
    """Where the value that holds came from."""

    DEFAULT = "default"
    PERSON = "settings"
    POLICY = "policy"


@dataclass(frozen=True)
class Setting(Generic[T_co]):
    """One setting: `read` turns JSON or typed text into its value and raises ValueError where it cannot.

    `title`, `help` and `allowed` are texts for people: its name, what it does, which values it takes.
    """

    key: str
    default: T_co
    title: str
    help: str
    allowed: str
    read: Callable[[object], T_co] = field(repr=False)

    @property
    def policy_key(self) -> str:
        """Its name in a policy of the organisation."""
        return self.key

    def parse(self, value: object) -> T_co:
        """The value of JSON or of typed text; raises SettingNotAccepted."""
        try:
            return self.read(value)
        except ValueError as error:
            raise SettingNotAccepted(key=self.key, value=str(value), allowed=self.allowed) from error

    @staticmethod
    def plain(value: object) -> str | int | bool | None:
        """The value as JSON keeps it."""
        if value is None or isinstance(value, bool | int):
            return value
        return str(value)


@dataclass(frozen=True)
class Policy:
    """What an organisation set on this computer: where it says so, and what of it cannot be followed."""

    place: str
    keys: tuple[str, ...] = ()
    problems: tuple[ClientError, ...] = ()


class SettingsReader(Protocol):
    """What a service needs of the settings."""

    def get(self, setting: Setting[Value]) -> Value:
        """The value that holds now."""
        ...


class SettingsKeeper(SettingsReader, Protocol):
    """What a service needs that remembers something for the person."""

    def set(self, setting: Setting[Value], value: object) -> None:
        """Keep a value; raises SettingNotAccepted, SettingLocked, FolderNotWritable."""
        ...


def text(value: object) -> str:
    """One line of printable text."""
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError(value)
    return value.strip()


def flag(value: object) -> bool:
    """Yes or no, in JSON or in words."""
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.casefold() in words:
        return words[value.casefold()]
    raise ValueError(value)


@dataclass(frozen=True)
class Number:
    """Reads a whole number within limits; policy templates take the limits from here."""

    lowest: int
    highest: int

    def __call__(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValueError(value)  # noqa: TRY004  # one kind of error for every reader
        number = int(value)
        if not self.lowest <= number <= self.highest:
            raise ValueError(value)
        return number


@dataclass(frozen=True)
class Choice:
    """Reads one of a few words; policy templates take the words, and what they are called, from here."""

    words: tuple[str, ...]
    names: tuple[str, ...]

    def __call__(self, value: object) -> str:
        if value not in self.words:
            raise ValueError(value)
        return str(value)


def path(value: object) -> Path | None:
    """An absolute path; None for an empty text."""
    if value is None or value == "":
        return None
    path = Path(text(value)).expanduser()
    if not path.is_absolute():
        raise ValueError(value)
    return path


def is_loopback(host: str) -> bool:
    """Whether a host is this computer, where no TLS is needed (RFC 8252, section 8.3)."""
    return host in LOOPBACK_HOSTS


def center(value: object) -> str:
    """An https address without a query; http on this computer alone."""
    address = text(value).rstrip("/")
    parts = urlsplit(address)
    secure = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if address and not (secure and parts.hostname and not parts.query and not parts.username):
        raise ValueError(value)
    return address


def issuer(value: object) -> str:
    """As `center`, but every character counts (OpenID Connect Discovery 1.0, section 4.3)."""
    address = text(value)
    center(address)
    return address


_DOMAIN = re.compile(r"(?=.{1,253}\Z)([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W_]([\w-]{0,61}[^\W_])?\Z")


def domain(value: object) -> str:
    """What stands behind the @ of an address; an @ before it is taken off."""
    name = text(value).removeprefix("@").casefold()
    if name and not _DOMAIN.match(name):
        raise ValueError(value)
    return name


_CHANNEL = re.compile(r"([a-z][a-z0-9-]{0,31})?")


def channel(value: object) -> str:
    """The name of a channel as catalogues write it; empty for none."""
    name = text(value).casefold()
    if not _CHANNEL.fullmatch(name):
        raise ValueError(value)
    return name


def mirror(value: object) -> str:
    """A folder, a share of Windows, or an address without a password."""
    place = text(value)
    parts = urlsplit(place)
    is_address = parts.scheme in ("http", "https") and parts.hostname and not parts.password
    # A share of Windows is absolute on every computer that the same policy reaches.
    if place and not (is_address or Path(place).is_absolute() or place.startswith("\\\\")):
        raise ValueError(value)
    return place.rstrip("/")


def proxy(value: object) -> str:
    """An http or https address without a password, which belongs into the key store."""
    address = text(value).rstrip("/")
    parts = urlsplit(address)
    # A password belongs into the key store, never into a settings file.
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.password):
        raise ValueError(value)
    return address

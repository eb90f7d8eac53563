# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Every setting, declared once: storage, policies, the command line and the window read this list.

Secrets are not settings. A value comes from the default, from the person, or from a policy of the
organisation, which locks it; the later one wins.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Generic, Protocol, TypeAlias, TypeVar
from urllib.parse import urlsplit

from connection_client.domain.errors import ClientError, SettingNotAccepted
from connection_client.domain.language import N_

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
    """One setting: `read` turns JSON or typed text into its value and raises ValueError where it cannot."""

    key: str
    default: T_co
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


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError(value)
    return value.strip()


def _flag(value: object) -> bool:
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
    """Reads one of a few words; policy templates take the words from here."""

    words: tuple[str, ...]

    def __call__(self, value: object) -> str:
        if value not in self.words:
            raise ValueError(value)
        return str(value)


def _path(value: object) -> Path | None:
    if value is None or value == "":
        return None
    path = Path(_text(value)).expanduser()
    if not path.is_absolute():
        raise ValueError(value)
    return path


def is_loopback(host: str) -> bool:
    """Whether a host is this computer, where no TLS is needed (RFC 8252, section 8.3)."""
    return host in LOOPBACK_HOSTS


def _center(value: object) -> str:
    address = _text(value).rstrip("/")
    parts = urlsplit(address)
    secure = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if address and not (secure and parts.hostname and not parts.query and not parts.username):
        raise ValueError(value)
    return address


def _mirror(value: object) -> str:
    place = _text(value)
    parts = urlsplit(place)
    is_address = parts.scheme in ("http", "https") and parts.hostname and not parts.password
    # A share of Windows is absolute on every computer that the same policy reaches.
    if place and not (is_address or Path(place).is_absolute() or place.startswith("\\\\")):
        raise ValueError(value)
    return place.rstrip("/")


def _proxy(value: object) -> str:
    address = _text(value).rstrip("/")
    parts = urlsplit(address)
    # A password belongs into the key store, never into a settings file.
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.password):
        raise ValueError(value)
    return address


CENTER_URL = Setting(
    "center_url", "", N_("The address of the CONNECT Center."), N_("an https address"), _center
)
TRUSTED_ROOT: Setting[Path | None] = Setting(
    "trusted_root",
    None,
    N_("The file with the first trusted keys of the list of applications; empty: the one that was shipped."),
    N_("an absolute path"),
    _path,
)
EMAIL = Setting("email", "", N_("The e-mail address that is filled in."), N_("an e-mail address"), _text)
LANGUAGE = Setting("language", "", N_("The language; empty: the system's."), N_("a code such as de"), _text)
THEME = Setting(
    "theme",
    "system",
    N_("Light, dark, or as the system has it."),
    N_("system, light or dark"),
    Choice(("system", "light", "dark")),
)
AUTOSTART = Setting("autostart", True, N_("Start with the session."), N_("yes or no"), _flag)  # noqa: FBT003  # a default
NOTIFY_UPDATES = Setting(
    "notify_updates",
    True,  # noqa: FBT003  # a default
    N_("A notice when updates are available."),
    N_("yes or no"),
    _flag,
)
NOTIFY_RESULTS = Setting(
    "notify_results",
    True,  # noqa: FBT003  # a default
    N_("A notice when an installation has ended while the window was closed."),
    N_("yes or no"),
    _flag,
)
NOTIFY_SIGN_IN = Setting(
    "notify_sign_in",
    True,  # noqa: FBT003  # a default
    N_("A notice when the sign-in has ended."),
    N_("yes or no"),
    _flag,
)
CHECK_HOURS = Setting(
    "check_hours",
    4,
    N_("Hours between two looks for updates."),
    N_("a number from 1 to 168"),
    Number(1, 168),
)
BANDWIDTH_LIMIT = Setting(
    "bandwidth_limit",
    0,
    N_("The most that downloads may take, in KiB a second; 0: no limit."),
    N_("a number from 0 to 10000000"),
    Number(0, 10_000_000),
)
PROXY = Setting(
    "proxy", "", N_("The proxy; empty: the system's."), N_("an address such as http://proxy:3128"), _proxy
)
UPDATE_RING = Setting(
    "update_ring",
    "",
    N_("The group of computers to which this one belongs in the organisation's update policy; empty: none."),
    N_("a name"),
    _text,
)
MIRROR = Setting(
    "mirror",
    "",
    N_("Where packages are looked for before the Center is asked; what lies there must be what was signed."),
    N_("an absolute path of a folder, or an http or https address"),
    _mirror,
)
CLIENT_ID = Setting(
    "client_id",
    "connection-client",
    N_("The name under which the provider knows this client."),
    N_("a name"),
    _text,
)
# What every copy of a program holds is no secret (RFC 8252, section 8.5), but some providers insist on one.
CLIENT_SECRET = Setting(
    "client_secret",
    "",
    N_("The client secret, for a provider that hands one to installed programs; empty: none."),
    N_("the text that the provider gave"),
    _text,
)
LOOPBACK_PORT = Setting(
    "loopback_port",
    0,
    N_("The port to which the browser returns after the sign-in; 0: any free one."),
    N_("a number from 0 to 65535"),
    Number(0, 65_535),
)

AnySetting: TypeAlias = Setting[str | int | bool | Path | None]

SETTINGS: tuple[AnySetting, ...] = (
    CENTER_URL,
    TRUSTED_ROOT,
    EMAIL,
    LANGUAGE,
    THEME,
    AUTOSTART,
    NOTIFY_UPDATES,
    NOTIFY_RESULTS,
    NOTIFY_SIGN_IN,
    CHECK_HOURS,
    BANDWIDTH_LIMIT,
    UPDATE_RING,
    MIRROR,
    PROXY,
    CLIENT_ID,
    CLIENT_SECRET,
    LOOPBACK_PORT,
)

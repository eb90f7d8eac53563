# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the program is made of, as its two doors see it: built once by bootstrap and handed over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from connection_client.domain.consents import Caller, Consent, Question
from connection_client.domain.errors import NotSignedIn
from connection_client.domain.notices import NoNotices, Notices, Told, ToldHere
from connection_client.domain.service_requests import Filed, ServiceRequest
from connection_client.domain.setting import Policy, Setting, Source
from connection_client.domain.window_place import NoPlaces, WindowPlaces
from connection_client.domain.wishes import NoWishes, WishesReader
from connection_client.identity.devices import Devices
from connection_client.identity.other_accounts import OtherAccounts
from connection_client.identity.password import PasswordReset
from connection_client.identity.proxy_logins import ProxyLogins
from connection_client.identity.session import Session
from connection_client.identity.sign_in import SignIn
from connection_client.launch.entitlements import Entitlements
from connection_client.updates.failures import Failures
from connection_client.updates.failures import InMemory as FailuresInMemory
from connection_client.updates.policy import NoPolicy, PolicyKeeper
from connection_client.updates.queue import AgreedStore, InMemory
from connection_client.workspace.app_icons import AppIconFinder, no_icon
from connection_client.workspace.diagnostics import Diagnostics
from connection_client.workspace.messages import MessageBoard, NoMessages
from connection_client.workspace.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True)
class HelpLinks:
    """Where help is found, as absolute addresses told by the Center."""

    register: str
    forum: str
    service_request: str
    downloads: str
    connected: str


class Help(Protocol):
    """Where to go when something does not work."""

    def links(self) -> HelpLinks:
        """Ask the Center, or say what it said last; raises NetworkError where it never did."""
        ...

    def service_request(self, product_id: str, version: str, subject: str = "", text: str = "") -> str:
        """The address of a service request with what is known filled in."""
        ...


class Support(Protocol):
    """Takes service requests of the signed-in person."""

    def send(self, request: ServiceRequest) -> Filed:
        """Keep it at the Center; raises NotSignedIn, SignInError, NetworkError where it was not kept."""
        ...


class NoSupport:
    """A program that reaches none."""

    def send(self, request: ServiceRequest) -> Filed:  # noqa: ARG002  # as the port wants it
        """Nobody can be asked."""
        raise NotSignedIn


class Settings(Protocol):
    """The person's settings; a locked one is managed by the organisation."""

    def get(self, setting: Setting[T]) -> T:
        """The value that holds now."""
        ...

    def set(self, setting: Setting[T], value: object) -> None:
        """Keep a value; raises SettingNotAccepted, SettingLocked, FolderNotWritable."""
        ...

    def locked(self, setting: Setting[T]) -> bool:
        """Whether a policy of the organisation holds the value."""
        ...

    def source(self, setting: Setting[T]) -> Source:
        """Where the value that holds came from."""
        ...

    def policy(self) -> Policy:
        """What the organisation set on this computer, and what of it cannot be followed."""
        ...


class Launch(Protocol):
    """Starts an application."""

    def __call__(self, product_id: str, files: tuple[Path, ...] = (), version: str = "") -> None:
        """Start it with `files`, in `version` or the one used last; raises LaunchError."""
        ...


class Applications(Protocol):
    """What programs on this computer have asked for, and what the person agreed to."""

    def questions(self) -> tuple[Question, ...]:
        """What waits for the person, oldest first."""
        ...

    def answer(self, question: Question, *, agreed: bool) -> None:
        """The person's answer; raises FolderNotWritable."""
        ...

    def consents(self) -> tuple[Consent, ...]:
        """What the signed-in person agreed to, newest first."""
        ...

    def withdraw(self, consent: Consent) -> None:
        """No more tokens for that program; raises FolderNotWritable."""
        ...

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener`, on any thread, when questions or consents have changed."""
        ...


class Wakeups(Protocol):
    """Moments at which it is worth looking again: the computer woke up, or its network came back."""

    def __call__(self, listener: Callable[[], None], /) -> Callable[[], None]:
        """Call `listener`, on any thread, at each; returns a function that ends it."""
        ...


def never(_listener: Callable[[], None]) -> Callable[[], None]:
    """A computer that tells no such moments."""
    return lambda: None


def nobody_waits(_wanted: bool) -> None:  # noqa: FBT001  # a port
    """A program that has nothing to make ready."""


@dataclass(frozen=True)
class Rooms:
    """Every service a door may use."""

    session: Session
    sign_in: SignIn
    accounts: OtherAccounts
    devices: Devices
    password: PasswordReset
    workspace: Workspace
    entitlements: Entitlements
    launch: Launch
    help: Help
    settings: Settings
    proxy_logins: ProxyLogins
    open_in_browser: Callable[[str], bool]
    close: Callable[[], None]
    applications: Applications
    callers: Callable[[], tuple[Caller, ...]] = tuple
    recent: Callable[[], tuple[str, ...]] = tuple
    wakeups: Wakeups = never
    notices: Notices = field(default_factory=NoNotices)
    window_places: WindowPlaces = field(default_factory=NoPlaces)
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    support: Support = field(default_factory=NoSupport)
    told: Told = field(default_factory=ToldHere)
    wishes: WishesReader = field(default_factory=NoWishes)
    update_policy: PolicyKeeper = field(default_factory=NoPolicy)
    agreed: AgreedStore = field(default_factory=InMemory)
    failures: Failures = field(default_factory=FailuresInMemory)
    messages: MessageBoard = field(default_factory=NoMessages)
    awaited: Callable[[bool], None] = nobody_waits
    icons: AppIconFinder = no_icon

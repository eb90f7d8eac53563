# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Rooms that hold a believable computer in memory: for pictures of the windows and for tests of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.consents import Caller
from connection_client.domain.notices import ToldHere
from connection_client.domain.window_place import NoPlaces
from connection_client.domain.wishes import NoWishes
from connection_client.identity.proxy_logins import ProxyLogins
from connection_client.storage.key_store import KeyStore
from connection_client.updates.failures import InMemory as FailuresInMemory
from connection_client.updates.queue import InMemory
from connection_client.workspace.app_icons import AppIconFinder, no_icon
from connection_client.workspace.diagnostics import Diagnostics
from connection_client.workspace.messages import MessageBoard, NoMessages
from connection_client.workspace.rooms import nobody_waits
from connection_client.workspace.view import Row, View
from tests.world.sample_identity import (
    SampleAccounts,
    SampleDevices,
    SamplePassword,
    SampleSession,
    SampleSignIn,
    Told,
)
from tests.world.sample_products import NOW, SOFIA, sample_rows
from tests.world.sample_services import (
    SampleApplications,
    SampleHelp,
    SampleSettings,
    SampleSupport,
    SilentNotices,
    sample_diagnostics,
)
from tests.world.sample_workspace import SampleWorkspace

if TYPE_CHECKING:
    from connection_client.workspace.rooms import Rooms

# What the window is handed as it stands in the sample.
_SERVICES = (
    *("session", "sign_in", "accounts", "devices", "password", "proxy_logins"),
    *("workspace", "agreed", "failures", "diagnostics", "applications"),
    *("settings", "help", "support", "told", "messages", "icons"),
)


@dataclass
class Sample:
    """The sample services with the hands to move them, and `rooms` as the window sees them."""

    session: SampleSession
    sign_in: SampleSignIn
    password: SamplePassword
    workspace: SampleWorkspace
    settings: SampleSettings
    help: SampleHelp = field(default_factory=SampleHelp)
    proxy_logins: ProxyLogins = field(default_factory=lambda: ProxyLogins(KeyStore(backends=())))
    opened: list[str] = field(default_factory=list)
    launched: list[str] = field(default_factory=list)
    launch_fails: Exception | None = None
    closed: bool = False
    applications: SampleApplications = field(default_factory=SampleApplications)
    callers: tuple[Caller, ...] = ()
    recent: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    agreed: InMemory = field(default_factory=InMemory)
    failures: FailuresInMemory = field(default_factory=FailuresInMemory)
    told: ToldHere = field(default_factory=ToldHere)
    diagnostics: Diagnostics = field(default_factory=sample_diagnostics)
    messages: MessageBoard = field(default_factory=NoMessages)
    icons: AppIconFinder = no_icon

    def __post_init__(self) -> None:
        self.accounts = SampleAccounts(self.session)
        self.devices = SampleDevices()
        self.support = SampleSupport()
        self.wakeups = Told()

    @property
    def rooms(self) -> Rooms:
        """What the window is handed."""
        return cast(
            "Rooms",
            SimpleNamespace(
                **{name: getattr(self, name) for name in _SERVICES},
                wakeups=lambda listener: self.wakeups.subscribe(lambda _nothing: listener()),
                window_places=NoPlaces(),
                wishes=NoWishes(),
                awaited=nobody_waits,
                notices=SilentNotices(),
                entitlements=None,
                launch=self._launch,
                callers=lambda: self.callers,
                recent=lambda: self.recent,
                open_in_browser=self._open,
                close=self._close,
            ),
        )

    def _launch(self, product_id: str, files: tuple[Path, ...] = (), version: str = "") -> None:  # noqa: ARG002
        if self.launch_fails is not None:
            raise self.launch_fails
        self.launched.append(product_id)
        self.files = files

    def _open(self, url: str) -> bool:
        self.opened.append(url)
        return True

    def _close(self) -> None:
        self.closed = True


SIGNED_IN = SessionState(SessionStatus.SIGNED_IN, SOFIA, SOFIA.email)


SIGNED_OUT = SessionState(SessionStatus.SIGNED_OUT)


def sample(
    state: SessionState = SIGNED_IN,
    rows: tuple[Row, ...] | None = None,
    *,
    slow: float = 0.0,
    locked: frozenset[str] = frozenset({"center_url"}),
) -> Sample:
    """A sample world; every service takes `slow` seconds to answer."""
    view = View(sample_rows() if rows is None else rows, NOW)
    session = SampleSession(state, slow)
    made = Sample(
        session,
        SampleSignIn(session, slow),
        SamplePassword(slow),
        SampleWorkspace(view, slow),
        SampleSettings(locked),
    )
    made.settings.values["center_url"] = "https://center.lima-survey.example"
    return made

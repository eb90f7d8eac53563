# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A broker whose services are set by the test: who is signed in, what may be used."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from connection_client.broker.conversation import Limits
from connection_client.broker.methods import Methods
from connection_client.broker.peers import CallRate
from connection_client.broker.server import BrokerServer
from connection_client.broker.tokens import Tokens
from connection_client.domain.accounts import Account, Membership, Person, SessionState, SessionStatus
from connection_client.domain.consents import ApplicationToken
from connection_client.domain.entitlements import Entitlement, Refusal
from connection_client.domain.errors import CenterUnreachable
from connection_client.domain.launch_errors import ApplicationNotRegistered, StillStarting
from connection_client.storage.consents import ConsentFile

ADMINISTRATOR = Person("Ana Lima", "ana@lima-survey.example")
ACCOUNT = Account(
    issuer="https://center.example",
    subject="5f0c",
    email="rui@lima-survey.example",
    name="Rui Costa",
    membership=Membership.ACTIVE,
    organisation="Lima Survey",
    administrators=(ADMINISTRATOR,),
)


@dataclass
class Services:
    """The Center's registered applications, by audience."""

    names: dict[str, str] = field(default_factory=lambda: {"survey-cloud": "Survey Cloud"})
    unreachable: bool = False
    fetched: int = 0

    def name(self, audience: str) -> str:
        if self.unreachable:
            raise CenterUnreachable(host="center.example", reason="there is no network")
        if audience not in self.names:
            raise ApplicationNotRegistered(audience=audience)
        return self.names[audience]

    def fetch(self, audience: str) -> ApplicationToken:
        self.name(audience)
        self.fetched += 1
        return ApplicationToken(f"{audience}.token.{self.fetched}", 300)


@dataclass
class Desk:
    """The client as the broker sees it; a test changes what it answers."""

    state: SessionState = field(default_factory=lambda: SessionState(SessionStatus.SIGNED_IN, ACCOUNT))
    refused: dict[str, Refusal] = field(default_factory=dict)
    starting: bool = False
    broken: bool = False
    hanging: threading.Event | None = None
    sign_ins: int = 0
    level: int = 2
    services: Services = field(default_factory=Services)
    tokens: Tokens | None = None

    def at_once(self, product_id: str, level: int = 0) -> Entitlement | None:
        """A yes is known, unless the Center hangs; a no has to be confirmed."""
        answer = self.answer(product_id, "", level) if self.hanging is None else None
        return answer if answer is not None and answer.entitled else None

    def answer(self, product_id: str, version: str = "", level: int = 0) -> Entitlement:  # noqa: ARG002
        if self.hanging is not None:
            self.hanging.wait(20)
        if self.broken:
            raise RuntimeError("broken on purpose")
        if self.starting:
            raise StillStarting
        now = datetime.now(UTC)
        if product_id in self.refused:
            reason = self.refused[product_id]
            return Entitlement(product_id, entitled=False, reason=reason, confirmed_at=now)
        if level > self.level:
            return Entitlement(product_id, entitled=False, reason=Refusal.FEATURE_LEVEL, confirmed_at=now)
        until = now + timedelta(days=14)
        return Entitlement(
            product_id, entitled=True, until=until, token="a.b.c", confirmed_at=now, level=self.level
        )

    def open_sign_in(self) -> None:
        self.sign_ins += 1

    def with_tokens(self, kept: Path) -> Self:
        """Applications that are registered get tokens; consent is kept in that file."""
        self.tokens = Tokens(self.services, ConsentFile(kept), lambda: self.state.account)
        return self

    def methods(self) -> Methods:
        return Methods(lambda: self.state, self, self.open_sign_in, self.tokens)


@contextmanager
def running_broker(
    folder: Path,
    desk: Desk,
    *,
    limits: Limits | None = None,
    rate: CallRate | None = None,
    most_connections: int | None = None,
) -> Iterator[BrokerServer]:
    """A broker that listens below `folder` until the end of the block."""
    server = BrokerServer(folder, desk.methods(), limits=limits, rate=rate, most_connections=most_connections)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class Caller:
    """One connection, driven by hand."""

    def __init__(self, path: Path, seconds: float = 10) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(seconds)
        self._socket.connect(str(path))
        self._file = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._file.close()
        self._socket.close()

    def send(self, content: bytes) -> None:
        self._socket.sendall(content)

    def line(self) -> dict[str, Any] | None:
        """The next answer, None where the broker has closed the connection."""
        try:
            line = self._file.readline()
        except ConnectionResetError:
            return None
        return json.loads(line) if line else None

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self.send(
            json.dumps({"jsonrpc": "2.0", "id": 7, "method": method, "params": parameters}).encode() + b"\n"
        )
        answer = self.line()
        assert answer is not None
        return answer

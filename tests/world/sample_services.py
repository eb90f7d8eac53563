# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Settings, permissions, help and diagnostics that hold everything in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

from connection_client.domain.consents import Consent, Question
from connection_client.domain.findings import Check, Finding, failed, passed, warned
from connection_client.domain.notices import Listener, Notice
from connection_client.domain.service_requests import Filed, ServiceRequest
from connection_client.workspace.diagnostics import Diagnostics
from connection_client.workspace.doctor import Doctor
from tests.world.sample_identity import Told
from tests.world.sample_products import NOW, SOFIA


class SilentNotices:
    """A desktop that has notices, and a person who wants silence now."""

    def show(self, _notice: Notice) -> bool:
        return False

    def subscribe(self, _listener: Listener) -> Callable[[], None]:
        return lambda: None


class SampleSettings:
    def __init__(self, locked: frozenset[str]) -> None:
        self.values: dict[str, Any] = {}
        self._locked = locked

    def get(self, setting: Any) -> Any:
        return self.values.get(setting.key, setting.default)

    def set(self, setting: Any, value: Any) -> None:
        self.values[setting.key] = value

    def locked(self, setting: Any) -> bool:
        return setting.key in self._locked


class SampleApplications(Told):
    """Programs that want tokens; `ask` lets one come."""

    def __init__(self) -> None:
        super().__init__()
        self._questions: tuple[Question, ...] = ()
        self._consents: tuple[Consent, ...] = ()
        self.refused: list[Question] = []

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:  # type: ignore[override]
        return super().subscribe(lambda _nothing: listener())

    def ask(self, question: Question) -> None:
        self._questions = (*self._questions, question)
        self.tell(None)

    def questions(self) -> tuple[Question, ...]:
        return self._questions

    def consents(self) -> tuple[Consent, ...]:
        return self._consents

    def answer(self, question: Question, *, agreed: bool) -> None:
        self._questions = tuple(one for one in self._questions if one != question)
        if agreed:
            facts = (question.audience, question.name, question.program)
            self._consents = (Consent(SOFIA.issuer, SOFIA.subject, *facts, NOW), *self._consents)
        else:
            self.refused.append(question)
        self.tell(None)

    def withdraw(self, consent: Consent) -> None:
        self._consents = tuple(one for one in self._consents if one != consent)
        self.tell(None)


class SampleHelp:
    def links(self) -> Any:
        base = "http://127.0.0.1:8000"
        return SimpleNamespace(
            register=f"{base}/register/",
            forum=f"{base}/community/",
            service_request=f"{base}/support/new/",
            downloads=f"{base}/downloads/",
            connected=f"{base}/connected/",
        )

    def service_request(self, product_id: str, version: str, subject: str = "", text: str = "") -> str:
        self.reported = text
        more = f"&subject={subject}" if subject else ""
        return f"http://127.0.0.1:8000/support/new/?product={product_id}&version={version}{more}"


class SampleSupport:
    """Keeps what was sent; `problem` stops the bundle alone."""

    def __init__(self) -> None:
        self.sent: list[ServiceRequest] = []
        self.refusing: Exception | None = None
        self.problem: Exception | None = None

    def send(self, request: ServiceRequest) -> Filed:
        if self.refusing is not None:
            raise self.refusing
        self.sent.append(request)
        return Filed(17, "http://127.0.0.1:8000/support/17/", self.problem)


def sample_diagnostics() -> Diagnostics:
    """A computer on which the clock goes wrong and no tray is shown."""
    findings = {
        "Name of CONNECT Center": passed("{host} is {address}.", host="center.example", address="192.0.2.7"),
        "Proxy": passed("The Center is asked directly, without a proxy."),
        "Protected connection": passed(
            "Verified; the certificate is issued by {issuer}.", issuer="Example Authority"
        ),
        "Clock": failed(
            "This computer's clock is {count} {unit} behind.",
            "Let the system set the clock by itself, or set it by hand.",
            count=10,
            unit="minutes",
        ),
        "Tray icon": warned(
            "Nothing on this desktop shows tray icons, so the window stays open instead.",
            "Add a system tray to the panel; on GNOME switch on the extension AppIndicator Support.",
        ),
    }
    checks = [Check(title, title, partial(found, one)) for title, one in findings.items()]
    return Diagnostics(
        Doctor(checks),
        {"client.log": lambda: "signed in as sofia.marques@lima-survey.example"},
        write=lambda path, content: void(path.write_bytes(content)),
    )


def found(finding: Finding) -> Finding:
    """What a look gives that looks at nothing."""
    return finding


def void(_value: object) -> None:
    """For a port that gives nothing."""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Rooms that hold a believable computer in memory: for pictures of the windows and for tests of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from connection_client.domain.accounts import (
    DOWNLOAD_ROLE,
    Account,
    Device,
    Membership,
    Person,
    Realm,
    SessionState,
    SessionStatus,
)
from connection_client.domain.catalogue import InstallRecipe, Package, Product, Release, Severity
from connection_client.domain.consents import Caller, Consent, Question
from connection_client.domain.entitlements import Entitlement, Refusal
from connection_client.domain.errors import (
    ApplicationRunning,
    CodeNotAccepted,
    DownloadCancelled,
    FileNotKnown,
    NotSignedIn,
    SignInCancelled,
)
from connection_client.domain.findings import Check, Finding, failed, passed, warned
from connection_client.domain.installed import Evidence, InstalledProduct, LaunchTarget
from connection_client.domain.notices import Listener, Notice, ToldHere
from connection_client.domain.progress import Phase, Progress
from connection_client.domain.recommendations import Blocker, Reason, Recommendation
from connection_client.domain.service_requests import Filed, ServiceRequest
from connection_client.domain.versions import Version
from connection_client.domain.window_place import NoPlaces
from connection_client.domain.wishes import NoWishes
from connection_client.identity.password import PasswordRules, ResetRequest
from connection_client.identity.proxy_logins import ProxyLogins
from connection_client.storage.key_store import KeyStore
from connection_client.updates.history import HistoryEntry
from connection_client.updates.queue import InMemory
from connection_client.workspace.diagnostics import Diagnostics
from connection_client.workspace.doctor import Doctor
from connection_client.workspace.view import FileMatch, InstallReport, Row, View

if TYPE_CHECKING:
    from connection_client.workspace.rooms import Rooms

ANA = Person("Ana Lima", "ana@lima-survey.example")
RUI = Person("Rui Costa", "rui@lima-survey.example")
SOFIA = Account(
    "http://127.0.0.1",
    "7f1c",
    "sofia.marques@lima-survey.example",
    "Sofia Marques",
    Membership.ACTIVE,
    "Lima Survey",
    "PT",
    (DOWNLOAD_ROLE,),
    (ANA, RUI),
)
NOW = datetime.now(UTC)
CODE, RIGHT_LENGTH = "482913", 12


def _package(name: str, version: str, size: int) -> Package:
    filename = f"{name}_{version}_all.deb"
    return Package(
        "linux",
        "any",
        f"files/{filename}",
        filename,
        size,
        "0" * 64,
        InstallRecipe("deb"),
        needs_account=True,
    )


def product(product_id: str, name: str, version: str, size: int, news: str, severity: Severity) -> Product:
    """A product of the sample catalogue with one release."""
    release = Release(
        cast("Version", Version.parse(version)),
        version,
        "stable",
        date(2026, 11, 17),
        severity,
        (_package(product_id, version, size),),
        notes_summary=news,
        notes_url=f"https://center.example/notes/{product_id}",
    )
    return Product(product_id, name, (), (release,))


def recommended(
    product: Product, installed: InstalledProduct | None, *blockers: Blocker, reason: Reason = Reason.NEWER
) -> Recommendation:
    """The product's release, recommended."""
    release = product.releases[0]
    package = release.packages[0]
    return Recommendation(
        product, release, package, release.severity, (reason,), blockers, installed, (package,)
    )


def installed(product_id: str, version: str) -> InstalledProduct:
    """An installed version with the evidence of a Debian machine."""
    evidence = (
        Evidence("dpkg", f"/var/lib/dpkg/status: {product_id}-ses {version}", version),
        Evidence("desktop entry", f"/usr/share/applications/{product_id}-ses.desktop"),
    )
    target = LaunchTarget((f"/usr/bin/{product_id}-ses",))
    return InstalledProduct(product_id, Version.parse(version), version, evidence, target)


def licensed(product_id: str, days: int = 14) -> Entitlement:
    """An answer that holds offline for some days."""
    return Entitlement(product_id, entitled=True, until=NOW + timedelta(days=days), confirmed_at=NOW)


def refused(product_id: str, reason: Refusal = Refusal.NO_LICENCE) -> Entitlement:
    """A refusal."""
    return Entitlement(product_id, entitled=False, reason=reason, confirmed_at=NOW)


SURVEY = product(
    "survey-viewer",
    "Survey Viewer SES",
    "10.2.0.7",
    312_400_000,
    "Opens point files of up to 40 million rows, keeps the colours of a layer when it is exported, and no "
    "longer loses the coordinate system of files written by version 9.",
    Severity.RECOMMENDED,
)
MESH = product("mesh-viewer", "Mesh Viewer SES", "10.2.0.7", 96_000_000, "Faster shading.", Severity.OPTIONAL)
DRAWING = product(
    "drawing-viewer", "Drawing Viewer SES", "10.2.0.7", 148_000_000, "Reads DXF 2018.", Severity.OPTIONAL
)
TERRAIN = product(
    "terrain-builder", "Terrain Builder SES", "24.1.0.31", 611_000_000, "Contours.", Severity.RECOMMENDED
)
ROAD = product(
    "road-designer", "Road Designer SES", "24.1.2.8", 1_240_000_000, "Clothoids.", Severity.OPTIONAL
)
BRIDGE = product(
    "bridge-analysis", "Bridge Analysis SES", "24.0.4.2", 890_000_000, "Cables.", Severity.OPTIONAL
)


def sample_rows() -> tuple[Row, ...]:
    """One row of each kind."""
    survey, terrain = installed("survey-viewer", "10.1.0.12"), installed("terrain-builder", "23.2.1.9")
    return (
        Row(
            "drawing-viewer",
            DRAWING.name,
            installed("drawing-viewer", "10.2.0.7"),
            None,
            refused("drawing-viewer"),
        ),
        Row("mesh-viewer", MESH.name, installed("mesh-viewer", "10.2.0.7"), None, licensed("mesh-viewer")),
        Row("survey-viewer", SURVEY.name, survey, recommended(SURVEY, survey), licensed("survey-viewer", 4)),
        Row(
            "terrain-builder",
            TERRAIN.name,
            terrain,
            recommended(TERRAIN, terrain),
            licensed("terrain-builder"),
        ),
        Row("bridge-analysis", BRIDGE.name, None, recommended(BRIDGE, None, Blocker.ROLE_MISSING)),
        Row("road-designer", ROAD.name, None, recommended(ROAD, None, reason=Reason.NOT_INSTALLED)),
    )


class Told:
    """Listeners, as the real services have them."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Any], None]] = []

    def subscribe(self, listener: Callable[[Any], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, what: object) -> None:
        for listener in tuple(self._listeners):
            listener(what)


class SampleSession(Told):
    def __init__(self, state: SessionState, slow: float) -> None:
        super().__init__()
        self.state, self._slow = state, slow

    def become(self, state: SessionState) -> None:
        self.state = state
        self.tell(state)

    def restore(self) -> SessionState:
        time.sleep(self._slow)
        return self.state

    def refresh_account(self) -> SessionState:
        return self.restore()

    def access_token(self) -> str:
        raise NotSignedIn

    def sign_out(self) -> None:
        time.sleep(self._slow)
        self.become(SessionState(SessionStatus.SIGNED_OUT, email=self.state.email))


class SampleAttempt:
    url = "http://127.0.0.1:8000/identity/o/authorize?response_type=code&client_id=connection-client"

    def __init__(self, session: SampleSession, *, opened: bool) -> None:
        self.opened = opened
        self.done, self._cancelled = threading.Event(), False
        self._session = session

    def open_again(self) -> bool:
        return self.opened

    def wait(self) -> Account:
        self.done.wait()
        if self._cancelled:
            raise SignInCancelled
        self._session.become(SessionState(SessionStatus.SIGNED_IN, SOFIA, SOFIA.email))
        return SOFIA

    def cancel(self) -> None:
        self._cancelled = True
        self.done.set()


class SampleDeviceAttempt(SampleAttempt):
    address = "http://127.0.0.1:8000/identity/o/device"
    complete_address = f"{address}?code=WLKD-KWJT"
    user_code = "WLKD-KWJT"


class SampleSignIn:
    def __init__(self, session: SampleSession, slow: float) -> None:
        self._session, self._slow = session, slow
        self.attempts: list[SampleAttempt] = []
        self.refusing: Exception | None = None
        self.browser_opens = True

    def discover(self, email: str) -> Realm:
        time.sleep(self._slow)
        if self.refusing is not None:
            raise self.refusing
        away = email.strip().endswith("@firm.example")  # whose people sign in at their own provider
        return Realm(email.strip(), "http://127.0.0.1:8000", federated=away, can_reset_password=not away)

    def start_device(self, _realm: Realm) -> SampleDeviceAttempt:
        if self.refusing is not None:
            raise self.refusing
        attempt = SampleDeviceAttempt(self._session, opened=False)
        self.attempts.append(attempt)
        return attempt

    def start(self, _realm: Realm) -> SampleAttempt:
        self.attempts.append(SampleAttempt(self._session, opened=self.browser_opens))
        return self.attempts[-1]


class SampleDevices:
    def __init__(self) -> None:
        self.devices: tuple[Device, ...] = (
            Device("1", "office-7", NOW, current=True),
            Device("2", "old-laptop", NOW - timedelta(days=40), current=False),
        )
        self.asked = 0
        self.refusing: Exception | None = None

    def listed(self) -> tuple[Device, ...]:
        self.asked += 1
        if self.refusing is not None:
            raise self.refusing
        return self.devices

    def sign_out(self, device: Device) -> None:
        self.devices = tuple(other for other in self.devices if other != device)


class SampleAccounts:
    def __init__(self, session: SampleSession) -> None:
        self._session = session
        self.others: tuple[Account, ...] = ()

    def listed(self) -> tuple[Account, ...]:
        return self.others

    def switch(self, account: Account) -> SessionState:
        before = self._session.state.account
        left = tuple(other for other in self.others if other != account)
        self.others = (before, *left) if before else left
        self._session.become(SessionState(SessionStatus.SIGNED_IN, account, account.email))
        return self._session.state

    def forget(self, account: Account) -> None:
        self.others = tuple(other for other in self.others if other != account)


class SamplePassword:
    def __init__(self, slow: float) -> None:
        self._slow = slow
        self.passwords: dict[str, str] = {}
        self.refusing: Exception | None = None

    def rules(self) -> PasswordRules:
        time.sleep(self._slow)
        return PasswordRules(
            RIGHT_LENGTH, ("Not one of the passwords that many people use.", "Not your name or your address.")
        )

    def request(self, email: str) -> ResetRequest:
        time.sleep(self._slow)
        return ResetRequest(email.strip(), 45, "token")

    def check(self, _request: ResetRequest, code: str) -> None:
        time.sleep(self._slow)
        if code != CODE:
            raise CodeNotAccepted

    def set(self, request: ResetRequest, code: str, password: str) -> None:
        self.check(request, code)
        if self.refusing is not None:
            raise self.refusing
        self.passwords[request.email] = password


class SampleRunning:
    """Applications that run, by their windows; `obedient` ones close when they are asked to."""

    def __init__(self) -> None:
        self.windows: dict[str, tuple[str, ...]] = {}
        self.obedient = True
        self.asked: list[str] = []

    def runs(self, product_id: str) -> bool:
        return product_id in self.windows

    def titles(self, product_id: str) -> tuple[str, ...]:
        return self.windows.get(product_id, ())

    def ask_to_close(self, product_id: str) -> bool:
        self.asked.append(product_id)
        found = bool(self.windows.get(product_id))
        if self.obedient:
            self.windows.pop(product_id, None)
        return found


class SampleWorkspace(Told):
    """Installs in `steps` of progress, each of which waits for `go_on` when `stepwise`."""

    def __init__(self, view: View, slow: float) -> None:
        super().__init__()
        self.view, self._slow = view, slow
        self.stepwise, self.go_on = False, threading.Semaphore(0)
        self.failing: Exception | None = None
        self.entries: tuple[HistoryEntry, ...] = (
            HistoryEntry(
                NOW - timedelta(days=1), "survey-viewer", SURVEY.name, "10.0.3.1", "10.1.0.12", "installed"
            ),
        )
        self.installed_files: list[Path] = []
        self.left_alone: frozenset[str] = frozenset()
        self.reminders: dict[str, datetime] = {}
        self.running = SampleRunning()

    def show(self, view: View) -> None:
        self.view = view
        self.tell(view)

    def open(self) -> View:
        time.sleep(self._slow)
        return self.view

    def refresh(self, manual: bool = False) -> View:  # noqa: ARG002, FBT001, FBT002  # as the real one
        time.sleep(self._slow)
        return self.view

    def ignored(self) -> frozenset[str]:
        return self.left_alone

    def skip(self, product_id: str) -> View:
        return self._offer_nothing(product_id)

    def remind(self, product_id: str, at: datetime) -> View:
        self.reminders[product_id] = at
        return self._offer_nothing(product_id)

    def ignore(self, product_id: str, *, ignored: bool = True) -> View:
        one = frozenset({product_id})
        self.left_alone = self.left_alone | one if ignored else self.left_alone - one
        return self._offer_nothing(product_id)

    def _offer_nothing(self, product_id: str) -> View:
        rows = (replace(r, recommendation=None) if r.product_id == product_id else r for r in self.view.rows)
        self.show(replace(self.view, rows=tuple(rows)))
        return self.view

    def history(self) -> tuple[HistoryEntry, ...]:
        time.sleep(self._slow)
        return self.entries

    def install(
        self, product_id: str, on_progress: Callable[[Progress], None], cancelled: threading.Event
    ) -> InstallReport:
        row = self.view.row(product_id)
        assert row is not None
        assert row.recommendation is not None
        if self.running.runs(product_id):
            raise ApplicationRunning(name=row.name)
        total = row.recommendation.package.length
        for percent in range(0, 101, 10):
            if self.stepwise:
                self.go_on.acquire()
            if cancelled.is_set():
                raise DownloadCancelled(kept=total * percent // 100)
            on_progress(Progress(Phase.DOWNLOADING, total * percent // 100, total, 4e6, 130 - percent))
            if percent and self.failing is not None:
                raise self.failing
        for phase in (Phase.VERIFYING, Phase.INSTALLING, Phase.DETECTING):
            on_progress(Progress(phase))
            if self.stepwise:
                self.go_on.acquire()
        return self._installed(row)

    def go_back(
        self, product_id: str, on_progress: Callable[[Progress], None], cancelled: threading.Event
    ) -> InstallReport:
        row = self.view.row(product_id)
        assert row is not None
        assert row.installed is not None
        assert not cancelled.is_set()
        on_progress(Progress(Phase.INSTALLING))
        before, after = row.installed.version_text, row.earlier
        new = replace(row, installed=installed(product_id, after), earlier="")
        self.show(replace(self.view, rows=tuple(new if one is row else one for one in self.view.rows)))
        return InstallReport(product_id, row.name, before, after)

    def letter_for_it(self, product_id: str, center: str) -> str:
        return f"{product_id} from {center}"

    def examine_file(self, path: Path) -> FileMatch:
        time.sleep(self._slow)
        if path.name != SURVEY.releases[0].packages[0].filename:
            raise FileNotKnown(filename=path.name)
        return FileMatch(path, SURVEY, SURVEY.releases[0], SURVEY.releases[0].packages[0])

    def install_file(
        self, path: Path, on_progress: Callable[[Progress], None], cancelled: threading.Event
    ) -> InstallReport:
        self.installed_files.append(path)
        return self.install("survey-viewer", on_progress, cancelled)

    def _installed(self, row: Row) -> InstallReport:
        assert row.recommendation is not None
        version = row.recommendation.release.version_text
        before = row.installed.version_text if row.installed is not None else ""
        new = replace(row, installed=installed(row.product_id, version), recommendation=None)
        self.entries = (
            HistoryEntry(datetime.now(UTC), row.product_id, row.name, before, version, "installed"),
            *self.entries,
        )
        self.show(replace(self.view, rows=tuple(new if one is row else one for one in self.view.rows)))
        return InstallReport(row.product_id, row.name, before, version)


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
    told: ToldHere = field(default_factory=ToldHere)
    diagnostics: Diagnostics = field(default_factory=sample_diagnostics)

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
                session=self.session,
                sign_in=self.sign_in,
                accounts=self.accounts,
                devices=self.devices,
                wakeups=lambda listener: self.wakeups.subscribe(lambda _nothing: listener()),
                window_places=NoPlaces(),
                agreed=self.agreed,
                diagnostics=self.diagnostics,
                support=self.support,
                told=self.told,
                wishes=NoWishes(),
                notices=SilentNotices(),
                password=self.password,
                workspace=self.workspace,
                settings=self.settings,
                help=self.help,
                entitlements=None,
                proxy_logins=self.proxy_logins,
                launch=self._launch,
                applications=self.applications,
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

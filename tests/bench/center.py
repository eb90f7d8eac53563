# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the Center carries: the calls of every day, lists over 100,000 users, an import of 10,000.

Everything runs on PostgreSQL with two workers of gunicorn. The floor of a call is a bare Django view, behind
the same server in the same run.
"""

import concurrent.futures
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from connection_client.domain.update_settings import CHECK_HOURS
from tests.bench.figures import Figure
from tests.center.accounts import OpenIdClient
from tests.center.production import ProductionCenter
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD
from tests.world.postgresql import running_postgresql
from tests.world.processes import end, start
from tests.world.providers import free_port
from tests.world.visitor import Visitor
from tests.world.waiting import wait_until

CALLERS, SECONDS = 4, 4.0
LIST_MS, IMPORT_SECONDS, IMPORT_LINES, MEMORY_MB = 300.0, 60.0, 10_000, 60.0
REQUESTS_A_DAY, KILOBYTES_A_DAY = 40.0, 50.0
DAILY = ("tuf/metadata/timestamp.json", "api/v1/policy", "api/v1/entitlements", "api/v1/me")
TIMES_A_BARE_VIEW = 2.0  # half of its requests per second
# What a client in the tray was seen to ask at each look at which nothing is new: with DAILY, the next root of
# the list, which is not there yet, and at every second one its messages.
LOOK, MESSAGES, LOOKS_FOR_MESSAGES = (*DAILY, "tuf/metadata/2.root.json"), "api/v1/messages", 2
# Its access token has ended between two looks: a POST for another one; once a day it asks where to.
RENEWAL, RENEWAL_POSTS = ".well-known/openid-configuration", 1
LOOKS_A_DAY = 24 // CHECK_HOURS.default
BARE = """
import django.conf, django.core.wsgi, django.http, django.urls
django.conf.settings.configure(DEBUG=False, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="bare")
urlpatterns = [django.urls.path("", lambda request: django.http.JsonResponse({"bare": True}))]
application = django.core.wsgi.get_wsgi_application()
"""
FILL = """
import uuid
from connect_center.accounts.models import User
from connect_center.organisations.models import AuditEntry, Membership, Organisation, RoleGrant
organisations = Organisation.objects.bulk_create(
    [Organisation(name=f"Firm {number:04}", country="DE") for number in range(999)])
organisations.append(Organisation.objects.get(name="Lima Survey"))
people = User.objects.bulk_create(
    [User(email=f"p{number}@firm.example", name=f"Person {number % 977} {number}", country="DE", password="!")
     for number in range(100_000)], batch_size=5000)
# Every second person belongs to one large organisation: the worst case of a list.
members = Membership.objects.bulk_create(
    [Membership(user=one, state="active",
                organisation=organisations[-1] if number % 2 else organisations[number % 1000])
     for number, one in enumerate(people)], batch_size=5000)
RoleGrant.objects.bulk_create(
    [RoleGrant(membership=one, role="Product Delivery - Download") for one in members], batch_size=5000)
AuditEntry.objects.bulk_create(
    [AuditEntry(organisation_id=one.organisation_id, actor="Ana", action="added", subject=f"Person {number}")
     for number, one in enumerate(members)], batch_size=5000)
from django.db import connection
connection.cursor().execute("ANALYZE")
"""


@dataclass(frozen=True)
class Load:
    """How one address bears several callers at once."""

    per_second: float
    p95_ms: float


def measure() -> list[Figure]:
    """All figures; takes about two minutes."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, running_postgresql() as postgresql:
        folder = Path(name)
        center = ProductionCenter(folder / "center", postgresql.create())
        center.start()
        try:
            with Visitor(center) as ana, _bare(folder) as bare:
                ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
                bearer = OpenIdClient(ana).sign_in().bearer
                calls = _calls(center, bearer, _load(bare, {}))
                day = _a_day(center, bearer)
                center.manage("shell", "-v", "0", "-c", FILL, seconds=600)
                return [*calls, *day, *_lists(ana), *_import(center, ana)]
        finally:
            center.stop()


def _calls(center: ProductionCenter, bearer: dict[str, str], floor: Load) -> list[Figure]:
    """Answers that have not changed, as nearly all are: met with 304, or in full without an ETag."""
    figures = []
    for path in DAILY:
        address = f"{center.address}{path}"
        etag = httpx.get(address, headers=bearer, trust_env=False).headers.get("etag", "")
        what = path.rpartition("/")[2]
        figures += _compared(what, _load(address, {**bearer, "If-None-Match": etag}), floor)
        figures += _compared(f"{what} in full", _load(address, bearer), floor)
    return figures


def _compared(what: str, load: Load, floor: Load) -> list[Figure]:
    times = 1000 / load.per_second, 1000 / floor.per_second
    return [
        Figure(f"Center, {what}: time each", *times, "ms", "a bare view", TIMES_A_BARE_VIEW),
        Figure(f"Center, {what}: p95", load.p95_ms, floor.p95_ms, "ms", "a bare view, p95"),
    ]


def _load(address: str, headers: dict[str, str]) -> Load:
    """Several callers over kept connections for some seconds."""
    until = time.perf_counter() + SECONDS

    def call() -> list[float]:
        taken = []
        with httpx.Client(headers=headers, trust_env=False) as http:
            while (began := time.perf_counter()) < until:
                assert http.get(address).status_code in {200, 304}, address
                taken.append((time.perf_counter() - began) * 1000)
        return taken

    with concurrent.futures.ThreadPoolExecutor(CALLERS) as callers:
        each = [future.result() for future in [callers.submit(call) for _ in range(CALLERS)]]
    times = [one for taken in each for one in taken]
    return Load(len(times) / SECONDS, statistics.quantiles(times, n=20)[18])


def _a_day(center: ProductionCenter, bearer: dict[str, str]) -> list[Figure]:
    """One client's requests and bytes (but of RENEWAL_POSTS) in a day on which nothing changed, heads too."""
    requests, asked = _counted(center, bearer, with_etags=True)
    _same, in_full = _counted(center, bearer, with_etags=False)
    allowed = KILOBYTES_A_DAY, "KB", "what is allowed", 1.0
    return [
        Figure("Center: requests of a client a day", requests, REQUESTS_A_DAY, "", "what is allowed", 1.0),
        Figure("Center: kilobytes of a client a day", asked / 1024, *allowed),
        Figure("Center: the same without If-None-Match", in_full / 1024, *allowed),
        Figure(
            "Center: requests of a million clients",
            requests * 1e6 / 86_400,
            1.0,
            "/s",
            "one request a second",
        ),
    ]


def _counted(center: ProductionCenter, bearer: dict[str, str], *, with_etags: bool) -> tuple[int, int]:
    requests, sent = 0, 0
    etags: dict[str, str] = {}
    with httpx.Client(headers=bearer, trust_env=False) as http:
        for poll in range(LOOKS_A_DAY + 1):  # the first answers of a life are not those of a day
            requests += bool(poll) * RENEWAL_POSTS
            seldom = (MESSAGES,) if poll % LOOKS_FOR_MESSAGES == 0 else ()
            for path in (*LOOK, *seldom, *((RENEWAL,) if poll == 1 else ())):
                asked = {"If-None-Match": etags[path]} if with_etags and path in etags else {}
                answer = http.get(f"{center.address}{path}", headers=asked)
                etags[path] = answer.headers.get("etag", "")
                requests += bool(poll)
                if poll:
                    sent += len(answer.content) + sum(len(k) + len(v) + 4 for k, v in answer.headers.items())
    return requests, sent


def _lists(ana: Visitor) -> list[Figure]:
    """Each list page with 100,000 users and 1,000 organisations, half of the users in this one."""
    paths = {
        "users": "users/",
        "users, last page": "users/?page=1000",
        "users, search": "users/?q=person+404",
        "record": "users/record/",
        "record, page 500": "users/record/?page=500",
        "connected": "connected/",
        "community": "community/",
        "downloads": "downloads/",
    }
    figures = []
    for name, path in paths.items():
        times = []
        for _round in range(5):
            began = time.perf_counter()
            assert ana.open(path).status_code == 200
            times.append((time.perf_counter() - began) * 1000)
        figures.append(
            Figure(f"Center, list: {name}", statistics.median(times), LIST_MS, "ms", "what is allowed", 1.0)
        )
    return figures


def _import(center: ProductionCenter, ana: Visitor) -> list[Figure]:
    """A file of 10,000 users: preview and adding, and the memory that the workers took for it."""
    lines = [f"New Person {number},new{number}@lima-survey.example,PT," for number in range(IMPORT_LINES)]
    text = "\n".join(["name,email,country,roles", *lines])
    before = _memory(center)
    began = time.perf_counter()
    preview = ana.send("users/import/", files={"file": ("users.csv", text.encode(), "text/csv")})
    assert "10,000" in preview.text or "10000" in preview.text
    page = ana.send("users/import/", {"text": text, "add": "1"})
    shown = time.perf_counter() - began
    state = f"{page.url.path}state/".lstrip("/")
    most = before
    while not (now := ana.open(state).json())["finished"]:
        most = max(most, _memory(center))
        time.sleep(0.5)
    taken = time.perf_counter() - began
    assert now["done"] == IMPORT_LINES
    grown = max(most, _memory(center)) - before
    return [
        Figure("Center, import of 10,000 users", taken, IMPORT_SECONDS, "s", "what is allowed", 1.0),
        Figure("Center, import: until progress is shown", shown, 5.0, "s", "what is allowed", 1.0),
        Figure("Center, import: memory for it", grown, MEMORY_MB, "MB", "what is allowed", 1.0),
    ]


def _memory(center: ProductionCenter) -> float:
    return sum(worker.memory_info().rss for worker in center.workers) / 2**20


@contextmanager
def _bare(folder: Path) -> Iterator[str]:
    """The address of a bare Django view behind the same server."""
    (folder / "bare.py").write_text(BARE)
    port = free_port()
    words = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-w", "2", "--threads", "4"]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    process: subprocess.Popen[bytes] = start([*words, "bare:application"], environment, folder / "bare.log")
    address = f"http://127.0.0.1:{port}/"

    def answers() -> bool:
        try:
            return httpx.get(address, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    try:
        wait_until(answers, 30, "the bare view does not answer")
        yield address
    finally:
        end(process)

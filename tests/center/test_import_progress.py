# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Large imports: progress that a person sees, and nothing half-done when a browser or a worker goes away."""

import contextlib
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.center.accounts import PASSWORD, create_password
from tests.center.production import ProductionCenter
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center, running_center
from tests.world.center_pages import chromium
from tests.world.postgresql import running_postgresql
from tests.world.visitor import Visitor, heading
from tests.world.waiting import wait_until


def lines_of(count: int, prefix: str) -> str:
    rows = [f"New Person {number},{prefix}{number}@lima-survey.example,PT," for number in range(count)]
    return "\n".join(["name,email,country,roles", *rows])


def begin(ana: Visitor, text: str) -> str:
    """Start it; the path of its state."""
    page = ana.send("users/import/", {"text": text, "add": "1"})
    assert page.url.path.startswith("/users/import/"), page.text[:3000]
    return f"{page.url.path}state/".lstrip("/")


def finished(ana: Visitor, state: str) -> bool:
    return bool(ana.open(state).json()["finished"])


@pytest.fixture(scope="module")
def center(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    """One of its own: thousands of people would be in the way of other tests."""
    with running_center(tmp_path_factory.mktemp("importing")) as running:
        yield running


@pytest.fixture(scope="module")
def other_organisation(center: Center) -> str:
    address = "omar@delta-works.example"
    words = ["--country", "NL", "--fulfilment-contact", address, "--name", "Omar"]
    center.manage("organisation", "add", "Delta Works", *words)
    return address


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProductionCenter]:
    with running_postgresql() as postgresql:
        running = ProductionCenter(tmp_path_factory.mktemp("import"), postgresql.create())
        running.start()
        try:
            yield running
        finally:
            running.stop()


def test_a_person_sees_how_far_it_is(center: Center, tmp_path: Path) -> None:
    with chromium() as browser:
        page = browser.new_page(base_url=center.address)
        page.goto("accounts/login/")
        page.fill("input[name=login]", ADMINISTRATOR)
        page.fill("input[name=password]", ADMINISTRATOR_PASSWORD)
        page.click("main button")
        page.goto("users/import/")
        (tmp_path / "users.csv").write_text(lines_of(2_000, "seen"))
        page.set_input_files("input[type=file]", tmp_path / "users.csv")
        page.click("main form.stack button")
        page.click("button[name=add]")
        page.wait_for_selector("progress")
        seen: list[int] = []
        while page.get_by_role("heading", name="The import is finished").count() == 0:
            with contextlib.suppress(Error):  # the page loads anew at the end, under the question
                seen.append(int(page.evaluate("document.querySelector('progress')?.value ?? 2000")))
            page.wait_for_timeout(100)
        assert page.text_content("h1") == "The import is finished"
        assert "2000 users were added." in (page.text_content("main") or "").replace(",", "")
    assert seen == sorted(seen)
    assert len(set(seen)) >= 3, seen  # it moved while somebody looked
    assert "Traceback" not in center.log.read_text()


def test_it_goes_on_while_nobody_looks_and_without_a_browser(center: Center, ana: Visitor) -> None:
    begin(ana, lines_of(300, "alone"))
    last = "alone299@lima-survey.example"
    wait_until(lambda: center.mails(last), 60, "nobody went on")  # no page was opened meanwhile
    page = ana.open("users/")
    assert "An import is being carried out" not in page.text
    assert "Invited" in ana.http.get("users/", params={"q": last}).text


def test_one_import_at_a_time(center: Center, ana: Visitor) -> None:
    state = begin(ana, lines_of(400, "first"))
    refused = ana.send("users/import/", {"text": lines_of(150, "second"), "add": "1"})
    assert "is not finished. Nothing was added." in refused.text
    assert "An import is being carried out" in ana.open("users/").text
    wait_until(lambda: finished(ana, state), 60, "the import does not end")
    assert not center.mails("second0@lima-survey.example")


def test_another_organisation_sees_nothing_of_it(
    center: Center, ana: Visitor, other_organisation: str
) -> None:
    state = begin(ana, lines_of(120, "hidden"))
    with Visitor(center) as omar:
        create_password(center, omar, other_organisation)
        omar.sign_in(other_organisation, PASSWORD)
        assert omar.open(state).status_code == 404
        assert omar.open(state.removesuffix("state/")).status_code == 404
    wait_until(lambda: finished(ana, state), 60, "the import does not end")


def cut_off_with_one_taken(center: Center, text: str, taken: str) -> None:
    """An import that began and went no further, while another organisation added one of its people."""
    make = (
        "from connect_center.organisations import importing, members\n"
        "from connect_center.organisations.models import *\n"
        "importing.go_on = lambda begun: None\n"
        "own = Membership.objects.get(user__email='ana@lima-survey.example')\n"
        "from django.test import RequestFactory\n"
        f"importing.begin(RequestFactory().get('/', headers={{'host': 'localhost'}}), own, {text!r}, 150)\n"
        "other = Organisation.objects.get(name='Delta Works')\n"
        f"members.add(None, other, members.NewMember({taken!r}, 'R', 'NL'))\n"
    )
    center.manage("shell", "-v", "0", "-c", make)


def test_who_registered_meanwhile_is_left_out_and_named(
    center: Center, ana: Visitor, other_organisation: str
) -> None:
    assert other_organisation
    taken = "race149@lima-survey.example"
    cut_off_with_one_taken(center, lines_of(150, "race"), taken)
    center.manage("tidy", "-v", "0")  # the daily clearing up finishes what was cut off
    found = ana.http.get("users/", params={"q": "race148"}).text
    assert "race148@lima-survey.example" in found
    assert "Nobody fits" in ana.http.get("users/", params={"q": taken}).text
    number = center.manage(
        "shell", "-v", "0", "-c",
        "from connect_center.organisations.models import Import\n"
        "one = Import.objects.order_by('-started_at').first(); print(one.pk, repr(one.text))",
    ).split()  # fmt: skip
    assert number[1] == "''"  # no addresses are kept behind the end
    page = ana.open(f"users/import/{number[0]}/")
    assert heading(page) == "The import is finished"
    assert "149 users were added." in page.text
    assert f"{taken} cannot be added: the account belongs elsewhere." in page.text


def test_workers_that_are_killed_lose_nothing_and_add_nobody_twice(production: ProductionCenter) -> None:
    count = 1500
    with Visitor(production) as ana:
        ana.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        state = begin(ana, lines_of(count, "killed"))
        wait_until(lambda: ana.open(state).json()["done"] >= 200, 60, "it does not begin")
        before = ana.open(state).json()["done"]
        for worker in production.workers:
            worker.send_signal(signal.SIGKILL)
        wait_until(production._is_ready, 30, "no new workers")
        assert ana.open(state).json()["done"] >= before  # what was told lies in the database
        wait_until(lambda: finished(ana, state), 120, "the import does not end")
        page = ana.open(state.removesuffix("state/"))
        assert "1,500 users were added." in page.text
    counted = (
        "from connect_center.organisations.models import *\n"
        "of = dict(organisation__name='Lima Survey', user__email__startswith='killed')\n"
        "print(Membership.objects.filter(**of).count(), Invitation.objects.filter(end='', **of).count(),"
        " AuditEntry.objects.filter(subject__contains='<killed', action='added').count())"
    )
    assert production.manage("shell", "-v", "0", "-c", counted).split() == [str(count)] * 3
    told = Counter(
        line.removeprefix("To: ").strip()
        for path in (production.state / "mails").glob("*.eml")
        for line in path.read_text().splitlines()
        if line.startswith("To: killed")
    )
    assert len(told) == count
    assert sum(told.values()) <= count + 100  # at most one part was told twice

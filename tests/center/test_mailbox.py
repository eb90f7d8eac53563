# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The embedded mail server and its pages."""

import os
import smtplib
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.center.accounts import ask_for_code
from tests.world.center import PROJECT, Center
from tests.world.visitor import Visitor, heading


def test_newest_mail_is_first_and_its_links_can_be_followed(center: Center, visitor: Visitor) -> None:
    first, second = (f"{uuid.uuid4().hex}@reader.example" for _ in range(2))
    for email in (first, second):
        ask_for_code(visitor, email)
        center.wait_for_mail(email)
    page = visitor.http.get("mail/", params={"to": "@reader.example"}).text
    assert page.index(second) < page.index(first)
    link = page.partition('<td><a href="')[2].partition('"')[0]
    mail = visitor.open(link)
    assert heading(mail) == "This address is not registered"
    assert f'<a href="{center.address}accounts/signup/"' in mail.text
    assert heading(visitor.open(f"{center.address}accounts/signup/")) == "Individual registration"


def test_one_address_can_be_looked_for(center: Center, visitor: Visitor) -> None:
    email = f"{uuid.uuid4().hex}@alone.example"
    ask_for_code(visitor, email)
    center.wait_for_mail(email)
    assert visitor.http.get("mail/", params={"to": email}).text.count("<tr><td>") == 1
    assert "Mails appear here" in visitor.http.get("mail/", params={"to": "nobody-at-all"}).text


def test_numbers_that_are_no_mail_are_not_there(visitor: Visitor) -> None:
    for number in ("1", "0", "9" * 40, "abc", "..%2Fsecrets%2Fsecret-key"):
        assert visitor.open(f"mail/{number}/").status_code == 404


HOSTILE = """
from django.conf import settings
from django.core.mail import send_mail
from django.core.management import call_command
from django.test import Client
from connect_center.mailbox.mails import newest
call_command("migrate", verbosity=0)
text = "see <script>x</script> javascript:alert(1) http://a.example/?a=1&b=2"
send_mail("<b>subject", text, None, ["a@b.example"])
number = newest(settings.CENTER_MAILS)[0].number
print(Client(HTTP_HOST="localhost").get(f"/mail/{number}/").content.decode())
"""


def test_hostile_mail_is_shown_as_text(tmp_path: Path) -> None:
    page = Center(tmp_path).manage("shell", "-v", "0", "-c", HOSTILE)
    assert "<script>" not in page
    assert "&lt;b&gt;subject" in page
    assert 'href="http://a.example/?a=1&amp;b=2"' in page
    assert 'href="javascript' not in page


def test_a_real_mail_server_takes_the_mails_and_the_pages_go(tmp_path: Path) -> None:
    script = (
        "from django.urls import resolve, Resolver404\n"
        "from django.core.mail import get_connection\n"
        "connection = get_connection(); print(connection.host, connection.port)\n"
        "try: resolve('/mail/')\n"
        "except Resolver404: print('no pages')"
    )
    done = subprocess.run(
        [sys.executable, "-m", "connect_center", "shell", "-v", "0", "-c", script, "--state", str(tmp_path)],
        env=os.environ | {"CENTER_SMTP_URL": "smtp://mail.example:2525", "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:2] == ["mail.example 2525", "no pages"]


def test_the_sink_listens_on_loopback_and_ends_with_its_process(tmp_path: Path) -> None:
    script = (
        "from connect_center.mailbox.sink import running_sink; s = running_sink(); print(s.hostname, s.port)"
    )
    host, port = Center(tmp_path).manage("shell", "-v", "0", "-c", script).split()
    assert host == "127.0.0.1"
    with pytest.raises(OSError, match="refused"):
        smtplib.SMTP(host, int(port), timeout=5)

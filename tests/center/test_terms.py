# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The terms of use are agreed to once per version, before the client is let in."""

from tests.center.accounts import OpenIdClient
from tests.world.center import Center
from tests.world.visitor import Visitor, heading

OUTDATE = """
from connect_center.accounts.models import User
User.objects.filter(email="ana@lima-survey.example").update(terms_version="2019-01")
"""
AGREED = """
from connect_center.accounts.models import User
user = User.objects.get(email="ana@lima-survey.example")
print(user.terms_version, user.terms_accepted_at is not None)
"""


def test_new_terms_are_asked_for_once_and_then_never_again(center: Center, ana: Visitor) -> None:
    center.manage("shell", "-c", OUTDATE)
    client = OpenIdClient(ana)
    page = ana.http.get(client.address())
    assert heading(page) == "Before you go on"
    assert "Keep your password to yourself." in page.text
    # Nothing but the button lets anybody in.
    assert heading(ana.http.get(client.address())) == "Before you go on"

    form = {"next": page.url.params["next"], "csrfmiddlewaretoken": ana.http.cookies["csrftoken"]}
    agreed = ana.http.post(str(page.url), data=form, follow_redirects=False)
    assert agreed.headers["location"] == form["next"]
    assert center.manage("shell", "-c", AGREED).split()[-2:] == ["2026-01", "True"]
    assert OpenIdClient(ana).sign_in().answer["id_token"]


def test_the_way_on_never_leads_elsewhere(ana: Visitor) -> None:
    page = ana.send("terms/agree/", {"next": "https://elsewhere.example/"})
    assert page.url.host == "127.0.0.1"
    assert heading(page) == "Which kind of user am I?"


def test_the_terms_are_there_for_everybody(center: Center) -> None:
    with Visitor(center) as stranger:
        assert heading(stranger.open("terms/")) == "Terms of use"
        assert "accounts/login" in str(stranger.open("terms/agree/").url)

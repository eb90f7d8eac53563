# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Invitations: they end, are sent again and withdrawn; an ended link says what happened and whom to ask."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from connect_center.accounts.models import User
from connect_center.organisations.models import AuditEntry, Invitation, Membership, Organisation
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center
from tests.world.members import member, organisation
from tests.world.visitor import Visitor, heading

pytestmark = pytest.mark.django_db
PASSWORD = "Copper-lantern-88"
ADDRESS = "new@lima-survey.example"


@pytest.fixture
def lima() -> Organisation:
    return organisation()


@pytest.fixture
def ana(client: Client, lima: Organisation) -> Client:
    client.force_login(lima.memberships.get(is_administrator=True).user)
    return client


def invited(ana: Client, email: str = ADDRESS) -> str:
    """The link that somebody who was just added got."""
    answer = ana.post("/users/add/", {"name": "New Nora", "email": email, "country": "PT"})
    assert answer.status_code == 302, answer.content.decode()
    return newest_link()


def newest_link() -> str:
    body = str(mail.outbox[-1].body)
    assert "Please come before " in body
    return next(word for word in body.split() if "/invitation/" in word)


def person(email: str = ADDRESS) -> User:
    return User.objects.get(email=email)


def said(address: str, status: int) -> str:
    answer = Client().get(address)
    assert answer.status_code == status
    return answer.content.decode()


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def over(email: str = ADDRESS) -> None:
    Invitation.objects.filter(user__email=email, end="").update(
        expires_at=timezone.now() - timedelta(minutes=1)
    )


def test_the_link_creates_the_password_once_and_the_person_signs_in(ana: Client) -> None:
    link = invited(ana)
    guest = Client()
    assert "until" in guest.get(link).content.decode()
    assert guest.post(link, {"password1": "short", "password2": "short"}).status_code == 200
    assert guest.post(link, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    signed = guest.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert (signed.status_code, signed["Location"]) == (302, "/")
    assert Invitation.objects.get().end == Invitation.End.ACCEPTED
    assert actions()[-1] == "accepted"
    assert "It was used already" in said(link, 410)
    page = ana.get(f"/users/{person().subject}/").content.decode()
    assert "Send invitation again" not in page


def test_it_ends_after_the_days_of_the_setting(ana: Client, settings: Settings) -> None:
    settings.CENTER_INVITATION_DAYS = 3
    invited(ana)
    left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=2, hours=23) < left < timedelta(days=3)


def test_an_ended_link_says_what_happened_and_whom_to_ask(ana: Client) -> None:
    link = invited(ana)
    over()
    page = said(link, 410)
    assert "It held until" in page
    assert "mailto:ana@lima-survey.example" in page
    answer = Client().post(link, {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 410
    assert not person().has_usable_password()
    listed = ana.get("/users/").content.decode()
    assert "Invitation expired" in listed


def test_sent_again_the_old_link_is_void_and_the_new_one_works(ana: Client) -> None:
    old = invited(ana)
    over()
    answer = ana.post(f"/users/{person().subject}/invite-again/", follow=True)
    assert "A new invitation was sent to" in answer.content.decode()
    new = newest_link()
    assert "only the newest mail holds" in said(old, 410)
    assert Client().get(new).status_code == 200
    assert actions()[-1] == "invited-again"
    assert "sent the invitation again" in ana.get("/users/record/").content.decode()
    assert "Invited" in ana.get("/users/").content.decode()


def test_withdrawn_the_link_is_void_and_the_person_is_no_user(ana: Client) -> None:
    link = invited(ana)
    page = ana.get(f"/users/{person().subject}/").content.decode()
    assert "Withdraw invitation" in page
    ana.post(f"/users/{person().subject}/remove/")
    assert not Membership.objects.filter(user=person()).exists()
    assert "It was withdrawn by Lima Survey" in said(link, 410)
    assert actions()[-1] == "withdrew-invitation"


def test_who_comes_too_late_waits_and_the_administrators_are_told(ana: Client, lima: Organisation) -> None:
    invited(ana)
    over()
    user = person()
    user.set_password(PASSWORD)  # as the client does, with a fresh code to the same mailbox
    user.save()
    guest = Client()
    guest.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    assert Membership.objects.get(user=user).state == Membership.State.WAITING
    assert Invitation.objects.get().end == Invitation.End.EXPIRED
    assert mail.outbox[-1].to == ["ana@lima-survey.example"]
    assert actions()[-1] == "came-too-late"
    ana.post(f"/users/{user.subject}/approve/")
    assert Membership.objects.get(user=user, organisation=lima).is_active


def test_a_link_that_nobody_sent_says_so(ana: Client) -> None:
    link = invited(ana)
    forged = link.replace("/invitation/", "/invitation/0")
    assert "There is no invitation with this link" in said(forged, 404)
    number, _, signature = link.rstrip("/").rpartition("/")[2].partition(":")
    other = f"/invitation/{number[::-1]}:{signature}/"
    assert "There is no invitation with this link" in said(other, 404)


def test_another_organisation_cannot_send_it_again(ana: Client) -> None:
    invited(ana)
    subject = person().subject
    stranger = Client()
    other = organisation("Delta Works", "NL")
    stranger.force_login(other.memberships.get(is_administrator=True).user)
    assert stranger.post(f"/users/{subject}/invite-again/").status_code == 404
    assert stranger.post(f"/users/{subject}/remove/").status_code == 404
    assert Invitation.objects.get().end == ""


def test_who_has_a_password_needs_no_invitation(ana: Client, lima: Organisation) -> None:
    one = member(lima, "Bo Berg")
    one.user.set_password(PASSWORD)
    one.user.save()
    answer = ana.post(f"/users/{one.user.subject}/invite-again/", follow=True)
    assert "needs no invitation" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_the_mail_of_a_running_center_leads_in(
    center: Center, visitor: Visitor, new_address: Callable[[], str]
) -> None:
    email = new_address()
    with Visitor(center) as administrator:
        administrator.sign_in(ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        administrator.send("users/add/", {"name": "New Nora", "email": email, "country": "PT"})
    link = next(one for one in center.wait_for_mail(email).links if "/invitation/" in one)
    page = visitor.open(link)
    assert heading(page) == "Your invitation"
    visitor.send(link, {"password1": PASSWORD, "password2": PASSWORD})
    assert heading(visitor.sign_in(email, PASSWORD)) == "Which kind of user am I?"

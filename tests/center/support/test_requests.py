# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Service requests and the forum."""

import json

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from connect_center.organisations.models import Membership
from connect_center.support.models import Reply, ServiceRequest, Topic
from tests.world.members import bearer, member, organisation

pytestmark = pytest.mark.django_db


def test_the_form_knows_what_the_client_told(signed_in: Client) -> None:
    page = signed_in.get("/support/new/?product=survey-viewer&version=10.1.0.12").content.decode()
    assert '<option value="survey-viewer" selected>Survey Viewer SES</option>' in page
    assert 'value="10.1.0.12"' in page
    assert page.count("<h1") == 1


def test_a_report_of_the_client_is_filled_in_up_to_a_length(signed_in: Client) -> None:
    words = {"subject": "Found wrongly: Survey Viewer SES", "text": "dpkg: <b>survey</b>\n" + "x" * 5000}
    page = signed_in.get("/support/new/", words).content.decode()
    assert 'value="Found wrongly: Survey Viewer SES"' in page
    assert "dpkg: &lt;b&gt;survey&lt;/b&gt;" in page
    written = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "x" * 1900 in written
    assert "x" * 2000 not in written


def test_an_application_that_the_center_does_not_know_is_kept_as_written(signed_in: Client) -> None:
    page = signed_in.get("/support/new/?product=<b>old</b>&version=1").content.decode()
    assert "&lt;b&gt;old&lt;/b&gt;" in page
    assert "<b>old" not in page


def test_a_request_is_kept_and_told_to_both_sides(
    signed_in: Client, bo: Membership, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    words = {
        "product": "survey-viewer",
        "version": "10.1",
        "subject": "Points vanish",
        "text": "When I zoom & pan.",
    }
    page = signed_in.post("/support/new/", words, follow=True).content.decode()
    kept = ServiceRequest.objects.get()
    assert (kept.user, kept.subject, kept.product, kept.version) == (
        bo.user,
        "Points vanish",
        "survey-viewer",
        "10.1",
    )
    assert f"Service request {kept.pk}" in page
    assert "When I zoom &amp; pan." in page
    to_support, to_user = mailoutbox
    assert to_support.to == [settings.CENTER_SUPPORT_ADDRESS]
    assert to_support.reply_to == [bo.user.email]
    assert f"{kept.pk}: Points vanish" in to_support.subject
    assert "Survey Viewer SES 10.1" in to_support.body
    assert "Lima Survey" in to_support.body
    assert "When I zoom & pan." in to_support.body
    assert to_user.to == [bo.user.email]
    assert f"{kept.pk} was received" in to_user.subject


def test_an_empty_request_keeps_what_was_typed(signed_in: Client, mailoutbox: list[EmailMessage]) -> None:
    answer = signed_in.post("/support/new/", {"subject": "Points vanish", "text": "  "})
    assert answer.status_code == 200
    assert 'value="Points vanish"' in answer.content.decode()
    assert not ServiceRequest.objects.exists()
    assert mailoutbox == []


def test_a_request_is_kept_when_the_mail_server_is_down(
    signed_in: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    words = {"subject": "Points vanish", "text": "When I zoom."}
    page = signed_in.post("/support/new/", words, follow=True).content.decode()
    assert "It was received" in page
    assert ServiceRequest.objects.count() == 1
    assert "could not be sent" in caplog.text


def test_others_do_not_see_a_request(signed_in: Client) -> None:
    signed_in.post("/support/new/", {"subject": "Points vanish", "text": "When I zoom."})
    number = ServiceRequest.objects.get().pk
    assert "Points vanish" in signed_in.get("/support/").content.decode()
    stranger = Client()
    stranger.force_login(member(organisation("Delta Works"), "Eve Eng").user)
    assert stranger.get(f"/support/{number}/").status_code == 404
    assert "Points vanish" not in stranger.get("/support/").content.decode()


def test_the_client_files_a_request(client: Client, bo: Membership, mailoutbox: list[EmailMessage]) -> None:
    words = {
        "subject": "Points\nvanish",
        "text": "When I zoom.",
        "product": "survey-viewer",
        "version": "10.1",
    }
    answer = client.post(
        "/api/v1/service-requests", json.dumps(words), "application/json", headers=bearer(bo.user)
    )
    assert answer.status_code == 201
    kept = ServiceRequest.objects.get()
    assert answer.json() == {"number": kept.pk, "url": f"http://testserver/support/{kept.pk}/"}
    assert kept.subject == "Points vanish"
    assert len(mailoutbox) == 2


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"subject": "x"},
        {"subject": " ", "text": "x"},
        {"subject": "x", "text": "\0x"},
        {"subject": "x" * 151, "text": "x"},
        [],
        "x",
    ],
)
def test_a_request_that_cannot_be_read_is_refused(client: Client, bo: Membership, words: object) -> None:
    headers = bearer(bo.user)
    answer = client.post("/api/v1/service-requests", json.dumps(words), "application/json", headers=headers)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert not ServiceRequest.objects.exists()


@pytest.mark.parametrize(
    "path", ["/support/", "/support/new/", "/community/", "/community/new/", "/community/1/"]
)
def test_strangers_sign_in_first(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert client.post("/api/v1/service-requests").status_code == 401


# ---- the forum -----------------------------------------------------------------------------------
def test_asking_and_replying(signed_in: Client, bo: Membership) -> None:
    words = {"product": "survey-viewer", "title": "Which separators?", "text": "Semicolons <i>or</i> commas?"}
    page = signed_in.post("/community/new/", words, follow=True).content.decode()
    assert "<h1>Which separators?</h1>" in page
    assert "Semicolons &lt;i&gt;or&lt;/i&gt; commas?" in page
    topic = Topic.objects.get()
    other = Client()
    other.force_login(member(organisation("Delta Works"), "Eve Eng").user)
    page = other.post(f"/community/{topic.pk}/", {"text": "Both."}, follow=True).content.decode()
    assert "Both." in page
    assert Reply.objects.get().author.name == "Eve Eng"
    page = signed_in.get("/community/").content.decode()
    assert "Which separators?" in page
    assert "1 reply" in page
    assert bo.user.name in page


def test_the_topic_that_was_answered_last_comes_first(signed_in: Client) -> None:
    for title in ("First topic", "Second topic"):
        signed_in.post("/community/new/", {"title": title, "text": "x"})
    page = signed_in.get("/community/").content.decode()
    assert page.index("Second topic") < page.index("First topic")
    signed_in.post(f"/community/{Topic.objects.get(title='First topic').pk}/", {"text": "Answer."})
    page = signed_in.get("/community/").content.decode()
    assert page.index("First topic") < page.index("Second topic")


def test_every_word_is_looked_for_in_posts_and_replies(signed_in: Client) -> None:
    signed_in.post(
        "/community/new/", {"title": "Separators", "text": "Semicolons?", "product": "survey-viewer"}
    )
    signed_in.post("/community/new/", {"title": "Colours", "text": "Why teal?"})
    signed_in.post(f"/community/{Topic.objects.get(title='Separators').pk}/", {"text": "Commas work."})

    def found(query: str) -> set[str]:
        page = signed_in.get(f"/community/?{query}").content.decode()
        return {title for title in ("Separators", "Colours") if f">{title}</a>" in page}

    assert found("q=commas+semicolons") == {"Separators"}
    assert found("q=TEAL") == {"Colours"}
    assert found("q=teal+commas") == set()
    assert found("product=survey-viewer") == {"Separators"}
    assert found("q=%25") == set()
    assert found("q=teal%00") == {"Colours"}
    assert found("page=99") == {"Separators", "Colours"}


def test_empty_posts_are_refused(signed_in: Client) -> None:
    signed_in.post("/community/new/", {"title": "", "text": "x"})
    assert not Topic.objects.exists()
    signed_in.post("/community/new/", {"title": "x", "text": "x"})
    signed_in.post(f"/community/{Topic.objects.get().pk}/", {"text": " "})
    assert not Reply.objects.exists()
    assert signed_in.get("/community/12345/").status_code == 404

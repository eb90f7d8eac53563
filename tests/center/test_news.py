# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Messages to people: told by a command, to everybody or to one organisation, for their time, and kept."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from connect_center.news.models import Message
from connect_center.organisations import members
from tests.center.kept_world import ENTITLEMENTS, World, fresh_world
from tests.world.members import bearer, organisation

pytestmark = pytest.mark.django_db
MESSAGES = "/api/v1/messages"
TEXT = "The Center is away on Friday from 18:00 to 19:00."


@pytest.fixture
def world(tmp_path: Path, settings: Settings) -> World:
    return fresh_world(tmp_path, settings)


def told(world: World) -> list[dict[str, Any]]:
    answer = world.ask(MESSAGES)
    assert answer.status_code == 200
    messages: list[dict[str, Any]] = answer.json()["messages"]
    return messages


def command(*words: str) -> str:
    out = io.StringIO()
    call_command("message", *words, stdout=out)
    return out.getvalue()


def test_a_message_is_told_in_its_languages_and_taken_back(world: World) -> None:
    german = "Das Center ist am Freitag von 18 bis 19 Uhr nicht da."
    link = "https://center.example/maintenance"
    line = command("add", TEXT, "--in", "de", german, "--level", "warning", "--link", link)
    (message,) = told(world)
    assert (message["level"], message["link"]) == ("warning", link)
    assert message["texts"] == {"en": TEXT, "de": german}
    assert datetime.fromisoformat(message["begins"]) <= datetime.now(UTC)
    days = datetime.fromisoformat(message["ends"]) - datetime.fromisoformat(message["begins"])
    assert days == timedelta(days=14)
    assert line == command("list")
    assert message["id"] in line
    command("withdraw", message["id"][:8])
    assert told(world) == []


def test_an_organisation_hears_its_own_messages_and_those_for_everybody(world: World) -> None:
    delta = organisation("Delta Works")
    for whom, text in (("", "For all"), (world.lima.name, "For Lima"), (delta.name, "For Delta")):
        command("add", text, *(("--organisation", whom) if whom else ()))
    assert {message["texts"]["en"] for message in told(world)} == {"For all", "For Lima"}
    members.suspend(world.ana.user, world.bo)
    assert [message["texts"]["en"] for message in told(world)] == ["For all"]
    assert Client().get(MESSAGES).status_code == 401


def test_what_begins_within_a_day_is_told_ahead_and_what_has_ended_is_not(world: World) -> None:
    now = timezone.now()
    for hours, text in ((-30, "over"), (20, "tomorrow"), (30, "later")):
        begins = now + timedelta(hours=hours)
        Message.objects.create(texts={"en": text}, begins=begins, ends=begins + timedelta(hours=20))
    assert [message["texts"]["en"] for message in told(world)] == ["tomorrow"]


def test_what_did_not_change_costs_two_statements_and_changes_nobodys_licences(world: World) -> None:
    world.ask(ENTITLEMENTS)
    told(world)
    with CaptureQueriesContext(connection) as asked:
        assert world.again(MESSAGES) == 304
    assert len(asked) <= 2, [one["sql"] for one in asked]  # a prepared one is not captured
    delta = organisation("Delta Works")
    command("add", "For Delta", "--organisation", delta.name)
    assert world.again(MESSAGES) == 304
    command("add", TEXT)
    assert world.again(MESSAGES) == 200
    assert world.again(MESSAGES) == 304
    command("add", "For Lima", "--organisation", world.lima.name)
    assert world.again(MESSAGES) == 200
    command("withdraw", str(Message.objects.get(organisation=None).pk))
    assert world.again(MESSAGES) == 200
    assert world.again(ENTITLEMENTS) == 304


def test_nobody_gets_the_answer_of_another(world: World) -> None:
    world.ask(MESSAGES)
    headers = bearer(world.first.user) | {"If-None-Match": world.etags[MESSAGES]}
    assert Client().get(MESSAGES, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", " "), "The text in en is empty"),
        (("add", "One line\nand another"), "has more than one line"),
        (("add", "a" * 401), "has 401 characters, more than 400"),
        (("add", TEXT, "--in", "xx", "?"), "The Center does not speak xx. Known: en, de,"),
        (("add", TEXT, "--link", "javascript:alert(1)"), "valid URL"),
        (("add", TEXT, "--until", "2020-01-01"), "would end before anybody is told"),
        (("add", TEXT, "--organisation", "Nobody"), "There is no organisation “Nobody”"),
        (("add", TEXT, "--from", "tomorrow"), "no moment such as"),
        (("withdraw", "0000"), "There is not exactly one message “0000”"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_reason(
    world: World, words: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandError) as caught:
        command(*words)
    assert said in str(caught.value)
    assert told(world) == []

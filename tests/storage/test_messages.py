# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Messages on the disk: what was kept comes back as it was; whatever else lies there counts as nothing."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connection_client.domain.messages import Feed, KeptMessages, Level, Message
from connection_client.storage.messages import MessageFile
from connection_client.storage.update_locks import lock_beside

BEGINS = datetime(2026, 11, 24, 18, tzinfo=UTC)
TEXTS = {"en": "Away on Friday.", "ar": "غير متاح يوم الجمعة."}
MESSAGE = Message("3f0c", Level.WARNING, TEXTS, BEGINS, BEGINS + timedelta(days=2), "https://center.example/")
KEPT = KeptMessages("https://center.example", "7f1c", Feed('"v1"', (MESSAGE,)), ("3f0c",))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "messages.json"


def opened(place: Path) -> MessageFile:
    return MessageFile(place, lock_beside(place))


def test_what_was_kept_comes_back(place: Path) -> None:
    assert opened(place).load() == KeptMessages()
    assert opened(place).change(lambda _kept: KEPT) == KEPT
    assert opened(place).load() == KEPT


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _kept: [],
        lambda kept: kept | {"feed": None},
        lambda kept: kept | {"subject": 7},
        lambda kept: kept | {"dismissed": [None]},
        lambda kept: {name: value for name, value in kept.items() if name != "issuer"},
        lambda kept: kept | {"feed": {"etag": "", "messages": [{"id": "1"}]}},
        *(
            lambda kept, change=change: (
                kept | {"feed": {"etag": "", "messages": [kept["feed"]["messages"][0] | change]}}
            )
            for change in (
                {"begins": "2026-11-24T18:00:00"},  # of no zone
                {"ends": "soon"},
                {"level": "loud"},
                {"texts": ["Away"]},
                {"link": None},
            )
        ),
    ],
)
def test_what_is_not_ours_counts_as_nothing(place: Path, spoil: object) -> None:
    opened(place).change(lambda _kept: KEPT)
    assert callable(spoil)
    place.write_text(json.dumps(spoil(json.loads(place.read_text()))))
    assert opened(place).load() == KeptMessages()
    assert opened(place).change(lambda _kept: KEPT) == KEPT
    place.write_text("{")
    assert opened(place).load() == KeptMessages()

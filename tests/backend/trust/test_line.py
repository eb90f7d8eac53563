# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whatever the line and the Center do, the kept list stays and the trouble has its right name."""

import pytest

from connection_client.domain.errors import (
    CaptivePortal,
    CatalogueNotTrusted,
    CenterAnswersNonsense,
    CenterUnreachable,
)
from tests.backend.trust.world import FIRST, SECOND, World
from tests.world.faulty_server import Exchange


def test_data_without_end_is_cut_off(world: World) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.send(200, b'{"signed": "' + b"a" * 2_000_000, length=False)

    world.repository.publish(FIRST)
    world.server.answers["/tuf/metadata/timestamp.json"] = endless

    with pytest.raises(CatalogueNotTrusted) as caught:
        world.source().refresh()

    assert "does not end" in str(caught.value.facts["reason"])


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff\xfe", b'{"signed": {}, "signatures": []}', b"[" * 9_000]
)
def test_nonsense_is_refused(world: World, body: bytes) -> None:
    world.repository.publish(FIRST)
    world.server.answers["/tuf/metadata/timestamp.json"] = lambda exchange: exchange.send(200, body)

    with pytest.raises(CatalogueNotTrusted):
        world.source().refresh()


def test_a_sign_in_page_of_the_network_is_told_as_such(world: World) -> None:
    world.repository.publish(FIRST)
    page = {"Content-Type": "text/html; charset=utf-8"}
    world.server.answers["/tuf/metadata/timestamp.json"] = lambda exchange: exchange.send(
        200, b"<html>Welcome to the hotel</html>", page
    )

    with pytest.raises(CaptivePortal):
        world.source().refresh()


def test_a_broken_center_is_no_question_of_trust(world: World) -> None:
    world.repository.publish(FIRST)
    world.server.answers["/tuf/metadata/timestamp.json"] = lambda exchange: exchange.send(500)

    with pytest.raises(CenterAnswersNonsense) as caught:
        world.source().refresh()

    assert caught.value.facts["reason"] == "HTTP 500"


def test_a_connection_cut_in_the_middle_is_an_outage(world: World) -> None:
    world.repository.publish(FIRST)
    content = (world.repository.metadata / "timestamp.json").read_bytes()
    world.server.answers["/tuf/metadata/timestamp.json"] = lambda exchange: exchange.send(
        200, content, cut=20
    )

    with pytest.raises((CenterUnreachable, CenterAnswersNonsense)):
        world.source().refresh()


def test_no_center_is_an_outage_and_the_kept_list_stays(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    world.server.close()

    with pytest.raises(CenterUnreachable):
        world.source().refresh()

    assert world.versions() == ["10.1.0.12"]


def test_an_attempt_that_was_killed_in_the_middle_harms_nothing(world: World) -> None:
    world.repository.publish(FIRST)
    world.source().refresh()
    (world.folder / "set-half").mkdir()
    (world.folder / "metadata" / "snapshot.json").write_bytes(b"")
    (world.folder / "metadata" / "timestamp.json").unlink()

    assert world.versions() == ["10.1.0.12"]
    world.source().refresh()
    world.repository.publish(SECOND)
    world.source().refresh()
    assert world.versions() == ["10.2.0.7"]
    assert not (world.folder / "set-half").exists()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Icons of applications that are not installed: signed like the list, asked for once, and never unchecked."""

import pytest

from connection_client.domain.errors import CatalogueNotTrusted, CenterUnreachable
from tests.backend.trust.world import FIRST, World
from tests.world.icon_files import png, svg

TARGET = "catalogue/survey-viewer.icon"
TEAL = svg("teal")


def asked_for(world: World) -> list[str]:
    """What the server was asked for, beside metadata."""
    return [seen.path for seen in world.server.seen if seen.path.endswith(".icon")]


def test_a_signed_icon_is_asked_for_once_and_then_kept(world: World) -> None:
    world.repository.publish(FIRST, others={TARGET: TEAL})
    source = world.source()
    assert source.icon("survey-viewer") == b""  # nothing was verified yet
    source.refresh()
    world.server.seen.clear()

    assert source.icon("survey-viewer") == TEAL
    assert len(asked_for(world)) == len(world.server.seen) == 1

    world.server.close()
    assert world.source().icon("survey-viewer") == TEAL


def test_the_icon_follows_the_list(world: World) -> None:
    world.repository.publish(FIRST, others={TARGET: TEAL})
    world.source().refresh()
    world.source().icon("survey-viewer")
    newer = png(64, 64, 1, 2, 3)
    world.repository.publish(FIRST, others={TARGET: newer})
    world.source().refresh()
    assert world.source().icon("survey-viewer") == newer
    world.repository.publish(FIRST)
    world.source().refresh()
    assert world.source().icon("survey-viewer") == b""


def test_another_picture_than_the_signed_one_is_refused_wherever_it_was_changed(world: World) -> None:
    world.repository.publish(FIRST, others={TARGET: TEAL})
    source = world.source()
    source.refresh()
    (path,) = (world.repository.targets / "catalogue").glob("*.icon")
    path.write_bytes(TEAL.replace(b"teal", b"pink"))
    with pytest.raises(CatalogueNotTrusted):
        source.icon("survey-viewer")

    path.write_bytes(TEAL)
    assert source.icon("survey-viewer") == TEAL
    (kept,) = (world.folder / "icons").iterdir()
    kept.write_bytes(b"<svg/>")
    assert source.icon("survey-viewer") == TEAL


def test_one_that_is_too_large_is_left_where_it_is(world: World) -> None:
    world.repository.publish(FIRST, others={TARGET: TEAL + b" " * (64 << 10)})
    world.source().refresh()
    world.server.seen.clear()
    assert world.source().icon("survey-viewer") == b""
    assert world.server.seen == []


def test_without_the_center_it_is_asked_for_another_time(world: World) -> None:
    world.repository.publish(FIRST, others={TARGET: TEAL})
    world.source().refresh()
    (path,) = (world.repository.targets / "catalogue").glob("*.icon")
    address = f"/tuf/targets/catalogue/{path.name}"
    world.server.answers[address] = lambda exchange: exchange.hang_up()
    with pytest.raises(CenterUnreachable):
        world.source().icon("survey-viewer")
    del world.server.answers[address]
    assert world.source().icon("survey-viewer") == TEAL
    assert world.source().icon("mesh-viewer") == b""

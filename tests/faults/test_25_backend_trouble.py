# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The Center is down or answers nonsense.

Shows the list of last time with its date at once; an answer without sense deletes nothing.
"""

import time

import pytest

from connection_client.domain.errors import ClientError
from tests.faults.conftest import shown
from tests.world.catalogues import only
from tests.world.delivery import Delivery
from tests.world.faulty_server import Answer, Exchange


def nonsense(exchange: Exchange) -> None:
    exchange.send(200, b"<h1>It works!</h1>")


def nothing(exchange: Exchange) -> None:
    exchange.send(200, b"")


def out_of_order(exchange: Exchange) -> None:
    exchange.send(503, b"")


@pytest.mark.parametrize("answer", [nonsense, nothing, out_of_order])
def test_the_list_of_last_time_stays(updatable: Delivery, answer: Answer) -> None:
    updatable.workspace().refresh()
    for path in ("timestamp.json", "2.root.json"):
        updatable.server.answers[f"/tuf/metadata/{path}"] = answer
    workspace = updatable.workspace()
    before = time.monotonic()
    view = workspace.open()
    assert time.monotonic() - before < 1
    assert only(view.rows).recommendation.release.version_text == "10.2.0.7"
    assert view.confirmed_at is not None
    later = workspace.refresh()
    assert isinstance(later.problem, ClientError)
    assert shown(later) == shown(view)
    assert later.confirmed_at == view.confirmed_at

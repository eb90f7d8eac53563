# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starting with the session: everybody's sessions ask, and each person's setting decides."""

import json

import pytest

from tests.client.conftest import Start
from tests.world.desktop import Desktop
from tests.world.status_notifier import status_notifier_host


def _choose(desktop: Desktop, *, autostart: bool) -> None:
    desktop.session.config.mkdir(parents=True, exist_ok=True)
    (desktop.session.config / "settings.json").write_text(json.dumps({"autostart": autostart}))


def test_it_does_not_start_where_the_person_does_not_want_it(desktop: Desktop, start_client: Start) -> None:
    _choose(desktop, autostart=False)

    client = start_client(desktop.environment, "--hidden", "--with-session")

    assert client.wait(timeout=20) == 0


@pytest.mark.parametrize("words", [("--hidden", "--with-session"), ("--hidden",)])
def test_it_starts_otherwise(desktop: Desktop, start_client: Start, words: tuple[str, ...]) -> None:
    _choose(desktop, autostart="--with-session" in words)

    with status_notifier_host(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as host:
        client = start_client(desktop.environment, *words)
        host.wait_for_icon()

    assert client.poll() is None

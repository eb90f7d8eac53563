# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A client of a real Center, whose person signs in on the Center's own page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center
from tests.world.identity import Rooms
from tests.world.providers.person import sign_in_with_form


@contextmanager
def rooms_at(center: Center, folder: Path) -> Iterator[Rooms]:
    """Nobody is signed in yet; no browser opens by itself."""
    rooms = Rooms(folder, center.address.rstrip("/"))
    rooms.browser.works = False
    yield rooms
    rooms.close()


@contextmanager
def signed_in_at(center: Center, folder: Path) -> Iterator[Rooms]:
    """Ana Lima is signed in."""
    with rooms_at(center, folder) as rooms:
        attempt = rooms.sign_in.start(rooms.sign_in.discover(ADMINISTRATOR))
        person = threading.Thread(
            target=sign_in_with_form, args=(attempt.url, ADMINISTRATOR, ADMINISTRATOR_PASSWORD), daemon=True
        )
        person.start()
        attempt.wait()
        person.join(20)
        yield rooms

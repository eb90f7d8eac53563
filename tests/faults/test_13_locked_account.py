# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""An account is locked because somebody tried many passwords.

The page says for how long, in the same words for an address that exists and for one that does not.
"""

import re
import uuid

from tests.world.center import Center
from tests.world.visitor import Visitor

TRIES = 12
PASSWORD = "Quiet-meadow-314"


def guesses(center: Center, address: str) -> list[str]:
    """What the page says after each wrong password, without what is different on every page."""
    with Visitor(center) as stranger:
        pages = [stranger.sign_in(address, f"wrong-{number}").text for number in range(TRIES)]
    words = [" ".join(re.sub(r"<[^>]+>", " ", page).split()) for page in pages]
    return [text.replace(address, "ADDRESS") for text in words]


def test_strangers_learn_nothing_and_guessing_ends(center: Center) -> None:
    address, strange = (f"{uuid.uuid4().hex[:10]}@elsewhere.example" for _ in range(2))
    with Visitor(center) as person:
        person.register(address)
        person.confirm(center.wait_for_mail(address))
    known, unknown = guesses(center, address), guesses(center, strange)
    assert known == unknown
    assert known[0] != known[-1]
    assert "too many tries" in known[-1]
    assert "sign in again in 5 minutes" in known[-1]  # as the Center is set up, whoever asks
    with Visitor(center) as stranger:  # not even with the right one, as long as it is shut
        stranger.sign_in(address, PASSWORD)
        assert "Mia Sole" not in stranger.open("connected/").text

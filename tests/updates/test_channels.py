# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which channels count: the stable one, the one that was chosen, and instead of both the organisation's."""

import pytest

from connection_client.domain.settings_errors import SettingNotAccepted
from connection_client.domain.update_settings import CHANNEL
from connection_client.updates.policy import Rule, UpdatePolicy
from tests.updates.offers import installed, offered
from tests.world.catalogues import release_json

RELEASES = (
    release_json("10.2"),
    release_json("11.0", channel="preview"),
    release_json("12.0", channel="lab"),
)
CHOSEN = frozenset({"stable", "preview"})


def test_the_organisation_s_rule_wins_over_what_a_person_chose() -> None:
    stable = UpdatePolicy((Rule(channels=frozenset({"stable"})),))
    lab = UpdatePolicy((Rule(channels=frozenset({"lab"})),))

    assert offered(installed("10.1"), *RELEASES) == "10.2"
    assert offered(installed("10.1"), *RELEASES, channels=CHOSEN) == "11.0"
    assert offered(installed("10.1"), *RELEASES, channels=CHOSEN, policy=stable) == "10.2"
    assert offered(installed("10.1"), *RELEASES, channels=CHOSEN, policy=lab) == "12.0"


@pytest.mark.parametrize(
    ("typed", "read"), [("", ""), (" Preview ", "preview"), ("stable", "stable"), ("beta-2", "beta-2")]
)
def test_a_name_is_read_as_catalogues_write_it(typed: str, read: str) -> None:
    assert CHANNEL.parse(typed) == read


@pytest.mark.parametrize("typed", [7, None, "2beta", "two words", "a" * 33, "../x", "é"])
def test_anything_else_is_refused(typed: object) -> None:
    with pytest.raises(SettingNotAccepted):
        CHANNEL.parse(typed)

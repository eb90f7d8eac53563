# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The publisher's signature and Gatekeeper, as macOS's own programs judge them."""

import pytest

from connection_client.domain.errors import NotInstallable
from tests.world.mac import Mac
from tests.world.mac_tools import TEAM, make_pkg


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("unsigned", "its signature is not the publisher's"),
        ("distrusted", "a policy of this computer forbids it"),
    ],
)
def test_a_package_without_the_publishers_signature_is_not_installed(
    mac: Mac, trouble: str, reason: str
) -> None:
    mac.tools.say(trouble)

    with pytest.raises(NotInstallable) as caught:
        mac.install(make_pkg(mac.folder, "1"))

    assert caught.value.facts["reason"] == reason
    assert [words[0] for words in mac.asked("installer")] == ["-query"]


@pytest.mark.parametrize("team", ["ZZZZZ99999", "abcde12345", "ABCDE1234"])
def test_another_publishers_signature_does_not_help(mac: Mac, team: str) -> None:
    """Not even where the wanted Team ID stands further down in the chain."""
    mac.tools.signed_by(team)

    with pytest.raises(NotInstallable, match="signature"):
        mac.install(make_pkg(mac.folder, "1"), team="ZZZZZ99999" if team != "ZZZZZ99999" else TEAM)


def test_where_the_catalogue_names_no_team_the_signed_catalogue_counts(mac: Mac) -> None:
    mac.tools.say("unsigned")
    mac.tools.say("distrusted")

    mac.install(make_pkg(mac.folder, "1"), team="")

    assert mac.version() == "1"
    assert "Certificate Chain" in mac.log.read_text()

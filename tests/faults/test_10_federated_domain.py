# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The address belongs to an organisation with a provider of its own.

Offers neither a password of the Center nor its reset, and names the organisation.
"""

from pathlib import Path

from tests.world.center import Center
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider

FIRM = "federated-firm.example"


def test_no_password_is_offered(
    center: Center, provider: LyingProvider, session_bus: str, tmp_path: Path
) -> None:
    assert session_bus
    secret = tmp_path / "secret"
    secret.write_text("wide-meadow-7")
    contact = ("--fulfilment-contact", f"contact@{FIRM}", "--name", "Contact")
    center.manage("organisation", "add", "Federated Firm", "--country", "DE", *contact)
    center.manage("organisation", "domain", "Federated Firm", FIRM, "--approve")
    words = ("--issuer", provider.issuer, "--client-secret-file", str(secret))
    center.manage("organisation", "federate", FIRM, *words)
    rooms = Rooms(tmp_path / "client", center.address.rstrip("/"))
    rooms.browser.works = False
    realm = rooms.sign_in.discover(f" Jane@{FIRM.upper()} ")
    assert (realm.federated, realm.can_reset_password, realm.organisation) == (True, False, "Federated Firm")
    own = rooms.sign_in.discover("ana@lima-survey.example")
    assert (own.federated, own.can_reset_password) == (False, True)
    rooms.close()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The address belongs to an organisation with a provider of its own.

Offers neither a password of the Center nor its reset, names the organisation, and leads to its own page.

Also shown by tests/identity/test_federation.py::test_signs_in_on_the_organisations_own_page, with a provider
that lets a person in, and tests/ui/test_sign_in.py::test_a_federated_address_hides_the_password_of_the_center
"""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from demonstration.stage import preset_client
from tests.faults.desks import FIRST_PAGE, client, looking, organisation
from tests.world.center import Center
from tests.world.desktop import private_desktop
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider
from tests.world.providers.person import Person
from tests.world.waiting import wait_until

FIRM = "federated-firm.example"


@pytest.fixture
def firm(center: Center, provider: LyingProvider, tmp_path: Path) -> Center:
    """A Center whose organisation of that domain has `provider`."""
    secret = tmp_path / "secret"
    secret.write_text("wide-meadow-7")
    organisation(center, "Federated Firm", FIRM)
    words = ("--issuer", provider.issuer, "--client-secret-file", str(secret))
    center.manage("organisation", "federate", FIRM, *words)
    return center


def test_no_password_is_offered(
    firm: Center, provider: LyingProvider, session_bus: str, tmp_path: Path
) -> None:
    assert session_bus
    rooms = Rooms(tmp_path / "client", firm.address.rstrip("/"))
    rooms.browser.works = False
    realm = rooms.sign_in.discover(f" Jane@{FIRM.upper()} ")
    assert (realm.federated, realm.can_reset_password, realm.organisation) == (True, False, "Federated Firm")
    attempt = rooms.sign_in.start(realm)
    try:
        assert_leads_to(attempt.url, provider)
    finally:
        attempt.cancel()
    own = rooms.sign_in.discover("ana@lima-survey.example")
    assert (own.federated, own.can_reset_password) == (False, True)
    rooms.close()


def assert_leads_to(address: str, provider: LyingProvider) -> None:
    """What a browser meets that opens this address: no form of the Center, but the provider's own page."""
    with Person("jane", "none of the Center's") as jane:
        theirs = jane.sign_in(address)
    assert theirs.startswith(f"{provider.issuer}/"), theirs
    assert parse_qs(urlsplit(theirs).query)["client_id"] == ["connect-center"]


def test_the_window_leads_to_the_organisations_page(
    firm: Center, provider: LyingProvider, tmp_path: Path
) -> None:
    with private_desktop(tmp_path / "desktop") as desktop:
        browser = tmp_path / "browser"
        browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" >{tmp_path}/address\n')
        browser.chmod(0o755)
        preset_client(desktop.session.config, firm.address, firm.state)
        environment = {**desktop.environment, "BROWSER": str(browser)}
        with client(environment, tmp_path / "log"), looking(environment) as screen:
            screen.wait_for(FIRST_PAGE, "text", seconds=60)
            screen.wait_for("Forgot your password?")
            screen.type_into(FIRST_PAGE, f"jane@{FIRM}")
            screen.click("Continue")
            screen.wait_for_text("Finish signing in in your browser")
            assert not [name for name in screen.names() if "password" in name.casefold()]
            address = wait_until((tmp_path / "address").read_text, 20, "no browser was started")
            assert_leads_to(address, provider)
            screen.click("Cancel")
            screen.wait_for(FIRST_PAGE, "text")
            assert screen.find("Forgot your password?") is None  # it is known now whose address that is

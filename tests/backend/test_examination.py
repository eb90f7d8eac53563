# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The doctor's look at the network, with real faults: names, proxies, strangers' certificates, clocks."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connection_client.backend.examination import WayToTheCenter
from connection_client.backend.http import open_client
from connection_client.domain.accounts import SessionState
from connection_client.domain.findings import Finding, Verdict
from connection_client.domain.settings import CENTER_URL, PROXY
from connection_client.storage.settings import SettingsFile
from connection_client.workspace.examination import network_checks
from tests.world.authority import Authority
from tests.world.network import tls_front
from tests.world.openid_provider import LyingProvider, lying_provider
from tests.world.proxies import proxy

HOST = "center.firm.example"


@pytest.fixture
def server() -> Iterator[LyingProvider]:
    with lying_provider() as running:
        yield running


def examined(settings: SettingsFile, everybody: str = "") -> dict[str, Finding]:
    """What each check finds, as the doctor asks them."""
    with open_client(settings) as client:
        way = WayToTheCenter(
            client, settings, SessionState, lambda: settings.source(PROXY), everybody=everybody
        )
        return {check.name: check.look() for check in network_checks(way)}


def test_a_center_on_this_computer_is_well(settings: SettingsFile, server: LyingProvider) -> None:
    settings.set(CENTER_URL, server.issuer)
    found = examined(settings)
    assert {name: finding.verdict for name, finding in found.items()} == {
        "dns": Verdict.PASS,
        "proxy": Verdict.PASS,
        "tls": Verdict.PASS,
        "clock": Verdict.PASS,
        "sign-in": Verdict.WARNING,
    }
    assert "nobody is signed in" in found["sign-in"].said(str)


def test_a_name_that_nobody_knows(settings: SettingsFile) -> None:
    settings.set(CENTER_URL, "https://nowhere.invalid")
    found = examined(settings)
    assert found["dns"].verdict is Verdict.FAIL
    assert found["dns"].said(str).startswith("nowhere.invalid has no address")
    assert "settings" in found["dns"].advice(str)
    assert found["tls"].verdict is Verdict.FAIL
    assert found["clock"].verdict is Verdict.WARNING


@pytest.mark.parametrize(
    ("shift", "verdict", "words"),
    [
        (90, Verdict.WARNING, "90 seconds behind"),
        (-600, Verdict.FAIL, "10 minutes ahead"),
        (3 * 86_400, Verdict.FAIL, "3 days behind"),
    ],
)
def test_a_clock_that_goes_wrong(
    settings: SettingsFile, server: LyingProvider, shift: float, verdict: Verdict, words: str
) -> None:
    server.clock_shift = shift
    settings.set(CENTER_URL, server.issuer)
    finding = examined(settings)["clock"]
    assert finding.verdict is verdict
    said = finding.said(str)
    # A second may pass between the two readings.
    assert words.split()[-2:] == said.rstrip(".").split()[-2:]
    assert abs(int(said.split()[-3]) - int(words.split(maxsplit=1)[0])) <= 1


def test_a_proxy_that_wants_a_password_is_named_with_where_it_comes_from(
    settings: SettingsFile, server: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.set(CENTER_URL, f"https://{HOST}")
    with proxy(tmp_path, {HOST: urlsplit(server.issuer).port or 0}, credentials="jane:wide") as running:
        settings.set(PROXY, running.address)
        found = examined(settings)
        assert found["proxy"].verdict is Verdict.FAIL
        assert "named by the settings, wants a name and a password" in found["proxy"].said(str)
        settings.set(PROXY, "")
        monkeypatch.setenv("https_proxy", running.address)
        assert "named by the environment" in examined(settings)["proxy"].said(str)
    assert "looked up by the proxy" in found["dns"].said(str)


def test_a_proxy_that_is_gone(settings: SettingsFile) -> None:
    settings.set(CENTER_URL, f"https://{HOST}")
    settings.set(PROXY, "http://127.0.0.1:9")
    finding = examined(settings)["proxy"]
    assert finding.verdict is Verdict.FAIL
    assert "Nothing comes through the proxy 127.0.0.1:9" in finding.said(str)


def test_who_vouches_for_the_center_and_who_looks_into_the_connection(
    settings: SettingsFile, server: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = Authority(tmp_path / "public", "Public Authority")
    firm = Authority(tmp_path / "firm", "Firm Inspection Authority")
    settings.set(CENTER_URL, f"https://{HOST}")
    monkeypatch.setenv("SSL_CERT_FILE", str(public.certificate))
    everybody = str(public.certificate)
    with ExitStack() as stack:
        port = stack.enter_context(tls_front(public.issue(HOST), urlsplit(server.issuer).port or 0))
        plain = stack.enter_context(proxy(tmp_path / "plain", {HOST: port}))
        looking = stack.enter_context(
            proxy(tmp_path / "looking", {HOST: port}, inspecting=firm, trusting=public)
        )
        settings.set(PROXY, plain.address)
        verified = examined(settings, everybody)["tls"]
        assert verified.verdict is Verdict.PASS
        assert verified.said(str) == "Verified; the certificate is issued by Public Authority."

        settings.set(PROXY, looking.address)
        strange = examined(settings, everybody)["tls"]
        assert strange.verdict is Verdict.FAIL
        assert "issued by Firm Inspection Authority, which this computer does not trust" in strange.said(str)

        # The organisation's authority comes into the computer's store.
        monkeypatch.setenv("SSL_CERT_FILE", str(firm.certificate))
        inspected = examined(settings, everybody)["tls"]
    assert inspected.verdict is Verdict.WARNING
    assert "looked into on the way" in inspected.said(str)
    assert "Firm Inspection Authority" in inspected.said(str)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The proxies of a real desktop: by hand, by an automatic configuration file, and none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.system.linux_proxies import DesktopProxies
from tests.world.desktop_proxies import desktop_with_proxies
from tests.world.proxies import proxy_file
from tests.world.session import PrivateSession, private_session

CENTER = "https://center.firm.example/api/v1/me"
PAC = """function FindProxyForURL(url, host) {
  if (dnsDomainIs(host, ".firm.example")) return "PROXY 127.0.0.1:3128; DIRECT";
  return "DIRECT";
}"""


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSession]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with private_session(tmp_path, key_store=False) as running:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", running.environment["DBUS_SESSION_BUS_ADDRESS"])
        yield running


def nothing(_url: str) -> str:
    return ""


def test_a_file_that_configures_is_resolved_by_the_desktop(session: PrivateSession) -> None:
    with (
        proxy_file(PAC) as address,
        desktop_with_proxies(session, {"mode": "'auto'", "autoconfig-url": f"'{address}'"}),
    ):
        proxies = DesktopProxies(nothing)
        assert proxies(CENTER) == "http://127.0.0.1:3128"
        assert proxies("https://elsewhere.example/") == ""


def test_a_proxy_set_by_hand_is_used_and_its_exceptions_too(session: PrivateSession) -> None:
    settings = {
        "mode": "'manual'",
        "ignore-hosts": "['intern.firm.example']",
        "https/host": "'proxy.firm.example'",
        "https/port": "3128",
    }
    with desktop_with_proxies(session, settings):
        proxies = DesktopProxies(nothing)
        assert proxies(CENTER) == "http://proxy.firm.example:3128"
        assert proxies("https://intern.firm.example/") == ""


def test_the_environment_comes_first(session: PrivateSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://set.by.hand:8080")
    assert DesktopProxies(lambda _url: "http://set.by.hand:8080")(CENTER) == "http://set.by.hand:8080"
    assert session.environment


def test_an_answer_holds_for_a_minute_and_no_desktop_means_none(session: PrivateSession) -> None:
    now = [0.0]
    proxies = DesktopProxies(nothing, lambda: now[0])
    assert proxies(CENTER) == ""  # nobody answers, and nobody is started for the question
    settings = {"mode": "'manual'", "https/host": "'proxy.firm.example'", "https/port": "3128"}
    with desktop_with_proxies(session, settings):
        now[0] = 59.0
        assert proxies(CENTER) == ""
        now[0] = 61.0
        assert proxies(CENTER) == "http://proxy.firm.example:3128"

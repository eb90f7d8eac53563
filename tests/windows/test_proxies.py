# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Ways out of an organisation's network, as Windows knows them."""

import sys

import pytest

from connection_client.backend.proxies import system_proxy
from connection_client.system.windows_proxies import WindowsProxies, first_of
from tests.windows.loopback import INTERNET_SETTINGS, serving
from tests.windows.world import FOR_ONE, key

assert sys.platform == "win32"  # tells the type checker so, too

FILE = b"""
function FindProxyForURL(url, host) {
    if (dnsDomainIs(host, ".inside.example")) return "DIRECT";
    return "PROXY proxy.example:3128; PROXY other.example:80; DIRECT";
}
"""


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_a_configuration_file_decides_for_each_server() -> None:
    with serving(FILE) as (address, asked):
        with key(FOR_ONE, INTERNET_SETTINGS, AutoConfigURL=f"{address}/proxy.pac"):
            proxies = WindowsProxies(system_proxy)
            assert proxies("https://center.example/tuf/metadata") == "http://proxy.example:3128"
            assert proxies("https://files.inside.example/") == ""
        assert asked


def test_an_answer_holds_for_a_minute() -> None:
    now = [0.0]
    with serving(FILE) as (address, _):
        proxies = WindowsProxies(system_proxy, lambda: now[0])
        with key(FOR_ONE, INTERNET_SETTINGS, AutoConfigURL=f"{address}/proxy.pac"):
            assert proxies("https://center.example/")
        assert proxies("https://center.example/") == "http://proxy.example:3128"
        now[0] = 61.0
        assert proxies("https://center.example/") == ""


def test_a_fixed_proxy_comes_before_a_file() -> None:
    values: dict[str, str | int] = {"ProxyEnable": 1, "ProxyServer": "fixed.example:80"}
    with serving(FILE) as (address, asked):
        with key(FOR_ONE, INTERNET_SETTINGS, AutoConfigURL=f"{address}/proxy.pac", **values):
            assert WindowsProxies(system_proxy)("http://center.example/").endswith("fixed.example:80")
        assert not asked


def test_a_file_that_cannot_be_had_means_no_proxy() -> None:
    with key(FOR_ONE, INTERNET_SETTINGS, AutoConfigURL="http://127.0.0.1:9/proxy.pac"):
        assert WindowsProxies(system_proxy)("https://center.example/") == ""


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("", ""),
        ("proxy:3128", "http://proxy:3128"),
        ("proxy:3128;other:80", "http://proxy:3128"),
        ("http=proxy:3128 https=other:80", "http://proxy:3128"),
        ("https://proxy:443", "https://proxy:443"),
    ],
)
def test_the_first_of_several_is_taken(answer: str, first: str) -> None:
    assert first_of(answer) == first

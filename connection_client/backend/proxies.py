# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The way out of an organisation's network: directly, or through the proxy that holds at that moment."""

import ssl
import threading
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from connection_client.domain.proxies import ProxyLogin, ProxyLookup
from connection_client.domain.setting import is_loopback


def system_proxy(url: str) -> str:
    """The proxy of the environment, of the Windows registry or of macOS's settings; "" for none."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return ""
    known = getproxies()
    return known.get(parts.scheme) or known.get("all", "")


def no_login(_proxy: str) -> ProxyLogin | None:
    """Nobody has a name and a password for any proxy."""
    return None


class ProxyingTransport(httpx.BaseTransport):
    """Sends each request on the way that holds now, so that a changed setting needs no restart.

    A proxy that answers 407 gets the name and password that are kept for it, once; where they do not
    help either, httpx.ProxyError tells it.
    """

    def __init__(
        self,
        trust: ssl.SSLContext,
        configured: Callable[[], str],
        system: ProxyLookup = system_proxy,
        login: Callable[[str], ProxyLogin | None] = no_login,
    ) -> None:
        self._trust, self._configured, self._system, self._login = trust, configured, system, login
        self._ways: dict[tuple[str, ProxyLogin | None], httpx.HTTPTransport] = {}
        self._logins: dict[str, ProxyLogin] = {}
        self._lock = threading.Lock()

    def proxy_for(self, url: str) -> str:
        """The proxy that a request to `url` goes through; "" for none."""
        try:
            # This computer itself is never asked through a proxy.
            if is_loopback(urlsplit(url).hostname or ""):
                return ""
        except ValueError:
            return ""
        proxy = self._configured() or self._system(url)
        return proxy if "://" in proxy or not proxy else f"http://{proxy}"

    def login_for(self, proxy: str) -> ProxyLogin | None:
        """The name and the password with which this proxy was asked last."""
        return self._logins.get(proxy)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it; raises httpx.ProxyError where the proxy wants what nobody has."""
        proxy = self.proxy_for(str(request.url))
        login = self._logins.get(proxy)
        answer = self._try(request, proxy, login)
        if answer is not None:
            return answer
        kept = self._login(urlsplit(proxy).netloc.rpartition("@")[2])
        if kept is not None and kept != login:
            self._logins[proxy] = kept
            answer = self._try(request, proxy, kept)
            if answer is not None:
                return answer
            self._logins.pop(proxy, None)
        raise httpx.ProxyError("407 Proxy Authentication Required", request=request)

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            ways, self._ways = list(self._ways.values()), {}
        for way in ways:
            way.close()

    def _try(self, request: httpx.Request, proxy: str, login: ProxyLogin | None) -> httpx.Response | None:
        """The answer, None where the proxy wants a name and a password, or others."""
        try:
            answer = self._way(proxy, login).handle_request(request)
        except httpx.ProxyError as error:
            if "407" in str(error):
                return None
            raise
        if proxy and answer.status_code == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
            answer.close()
            return None
        return answer

    def _way(self, proxy: str, login: ProxyLogin | None) -> httpx.HTTPTransport:
        with self._lock:
            way = self._ways.get((proxy, login))
            if way is None:
                through = self._through(proxy, login) if proxy else None
                way = httpx.HTTPTransport(verify=self._trust, proxy=through, trust_env=False)
                self._ways[(proxy, login)] = way
            return way

    def _through(self, proxy: str, login: ProxyLogin | None) -> httpx.Proxy:
        secure = self._trust if proxy.startswith("https") else None
        return httpx.Proxy(proxy, auth=(login.name, login.password) if login else None, ssl_context=secure)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The one place that configures HTTP: time limits, trust, proxy and size limits.

Every path to the network, downloads included, opens its client here, so a proxy or an organisation's
certificate that works for the sign-in works everywhere.
"""

import json
import logging
import platform
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import cast
from urllib.parse import urljoin, urlsplit

import httpx
import truststore

from connection_client.backend.addresses import host_of
from connection_client.backend.captive_portal import keeps_us_in
from connection_client.backend.http_errors import Way, translated
from connection_client.backend.proxies import ProxyingTransport, no_login, system_proxy
from connection_client.domain.errors import (
    CaptivePortal,
    CenterAnswersNonsense,
    CenterUnreachable,
    CertificateNotTrusted,
    ProxyWantsPassword,
)
from connection_client.domain.language import N_
from connection_client.domain.proxies import ProxyLogin, ProxyLookup
from connection_client.domain.setting import SettingsReader, is_loopback
from connection_client.domain.settings import AUTHORITY_FILE, LANGUAGE, PROXY
from connection_client.version import VERSION

_log = logging.getLogger(__name__)

USER_AGENT = f"connection-client/{VERSION} ({platform.system()} {platform.machine()})"
CONNECT_SECONDS = 8.0
SILENCE_SECONDS = 20.0  # between two bytes, not for a whole answer
ANSWER_SECONDS = 60.0  # for the whole of a small answer: a trickle is never silent
ANSWER_LIMIT = 2 * 1024 * 1024  # bytes, decoded


class Client(httpx.Client):
    """An httpx client that knows which way its requests go, so that messages can name a proxy."""

    def __init__(self, way: ProxyingTransport, headers: Mapping[str, str]) -> None:
        limits = httpx.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS)
        super().__init__(
            transport=way, timeout=limits, headers=headers, follow_redirects=False, trust_env=False
        )
        self.way = way


def open_client(
    settings: SettingsReader,
    login: Callable[[str], ProxyLogin | None] = no_login,
    system: ProxyLookup = system_proxy,
) -> Client:
    """A client that trusts what the operating system trusts and takes its proxy; it follows no redirects.

    The authorities of the settings are trusted besides; where their file cannot be read, the system's hold.
    `login` knows names and passwords for proxies, `system` the proxies of this computer. The client may be
    shared by threads. Whoever opens it closes it.
    """
    language = settings.get(LANGUAGE).replace("_", "-")
    trust = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if authorities := settings.get(AUTHORITY_FILE):
        try:
            trust.load_verify_locations(authorities)
        except OSError as error:
            _log.warning("the authorities in %s are not taken: %s", authorities, error)
    way = ProxyingTransport(trust, lambda: settings.get(PROXY), system, login)
    return Client(way, {"User-Agent": USER_AGENT} | ({"Accept-Language": language} if language else {}))


@dataclass(frozen=True)
class Answer:
    """A whole answer of bounded size; `date` is the server's clock, None where it said nothing."""

    host: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    date: datetime | None = None

    def json(self) -> dict[str, object]:
        """The JSON object in it; raises CenterAnswersNonsense."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise CenterAnswersNonsense(host=self.host, reason=N_("no JSON")) from error
        if not isinstance(value, dict):
            raise CenterAnswersNonsense(host=self.host, reason=N_("no JSON object"))
        return cast("dict[str, object]", value)


def ask(
    client: httpx.Client,
    method: str,
    url: str,
    *,
    limit: int = ANSWER_LIMIT,
    headers: Mapping[str, str] | None = None,
    json: object = None,
    content: bytes | str | None = None,
) -> Answer:
    """Ask for something small, mostly JSON; the status is left to the caller below 500.

    Raises CenterUnreachable, CenterAnswersNonsense, CaptivePortal, CertificateNotTrusted,
    ProxyWantsPassword, all of them NetworkErrors. Never hands an Authorization header to another origin.
    """
    host = host_of(url)
    wanted = {"Accept": "application/json", **(headers or {})}
    with (
        reaching(client, url),
        client.stream(method, url, headers=wanted, json=json, content=content) as response,
    ):
        _refuse_strangers(response, host)
        return _whole(response, host, limit)


@contextmanager
def reaching(client: httpx.Client, url: str) -> Iterator[None]:
    """Turn httpx's errors into ours; CaptivePortal where somebody else answers in place of the host."""
    host = host_of(url)
    try:
        with translated(host, lambda: way_of(client, url)):
            yield
    except (CenterUnreachable, CertificateNotTrusted) as error:
        if isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout) and _walled(client, url):
            raise CaptivePortal(host=host) from error
        raise


def _whole(response: httpx.Response, host: str, limit: int) -> Answer:
    body, latest = bytearray(), time.monotonic() + ANSWER_SECONDS
    for chunk in response.iter_bytes():
        body += chunk
        if time.monotonic() > latest:
            raise CenterUnreachable(host=host, reason=N_("no answer in time"))
        if len(body) > limit:
            raise CenterAnswersNonsense(host=host, reason=N_("the answer is too large"))
    return Answer(host, response.status_code, response.headers, bytes(body), _date_of(response))


def _walled(client: httpx.Client, url: str) -> bool:
    """Whether an outage, or a stranger's certificate, is a network that wants a sign-in of its own."""
    parts = urlsplit(url)
    return (
        parts.scheme == "https"
        and not is_loopback(parts.hostname or "")
        and keeps_us_in(client, parts.netloc)
    )


def way_of(client: httpx.Client, url: str) -> Way:
    """The proxy that a request goes through, and how it was opened."""
    way = client.way if isinstance(client, Client) else None
    proxy = way.proxy_for(url) if way else ""
    return Way(proxy, way.login_for(proxy) if way else None)


def _refuse_strangers(response: httpx.Response, host: str) -> None:
    """Notice answers that did not come from whom was asked, and those that mean an outage."""
    status = response.status_code
    if status == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
        raise ProxyWantsPassword(host=host)
    if status == httpx.codes.NETWORK_AUTHENTICATION_REQUIRED:  # RFC 6585, section 6
        raise CaptivePortal(host=host)
    if response.is_redirect and status != httpx.codes.NOT_MODIFIED:
        elsewhere = host_of(urljoin(str(response.url), response.headers.get("location", "")))
        if urlsplit(f"//{elsewhere}").hostname != response.url.host:
            raise CaptivePortal(host=host)
        raise CenterAnswersNonsense(host=host, reason=N_("an unexpected redirect"))
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise CenterUnreachable(host=host, reason=f"HTTP {status}")
    kind = response.headers.get("content-type", "")
    if "html" in kind:
        # Without TLS anybody on the way may answer; a page instead of JSON is what sign-in walls send.
        if response.url.scheme == "http" and not is_loopback(response.url.host):
            raise CaptivePortal(host=host)
        if response.is_success:
            raise CenterAnswersNonsense(host=host, reason=N_("a web page instead of JSON"))


def _date_of(response: httpx.Response) -> datetime | None:
    try:
        return parsedate_to_datetime(response.headers["date"])
    except (KeyError, ValueError):
        return None

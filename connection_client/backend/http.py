# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The one place that configures HTTP: time limits, trust, proxy, size limits, and errors in our words.

Every path to the network, downloads included, opens its client here, so a proxy or an organisation's
certificate that works for the sign-in works everywhere.
"""

import json
import platform
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import cast
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

import httpx
import truststore

from connection_client.backend.certificates import issuer_of
from connection_client.domain.errors import (
    CaptivePortal,
    CenterAnswersNonsense,
    CenterUnreachable,
    CertificateNotTrusted,
    NetworkError,
    ProxyWantsPassword,
)
from connection_client.domain.language import N_
from connection_client.domain.settings import LANGUAGE, LOOPBACK_HOSTS, PROXY, SettingsReader, is_loopback
from connection_client.version import VERSION

USER_AGENT = f"connection-client/{VERSION} ({platform.system()} {platform.machine()})"
CONNECT_SECONDS = 8.0
SILENCE_SECONDS = 20.0  # between two bytes, not for a whole answer
ANSWER_LIMIT = 2 * 1024 * 1024  # bytes, decoded


class Client(httpx.Client):
    """An httpx client that knows which proxy it was given, so that messages can name it."""

    proxy_address = ""


def open_client(settings: SettingsReader) -> Client:
    """A client that trusts what the operating system trusts and takes its proxy; it follows no redirects.

    It may be shared by threads. Whoever opens it closes it.
    """
    language = settings.get(LANGUAGE).replace("_", "-")
    # This computer itself is never asked through a proxy.
    direct: dict[str, httpx.BaseTransport | None] = {
        f"all://[{host}]" if ":" in host else f"all://{host}": None for host in LOOPBACK_HOSTS
    }
    client = Client(
        verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        proxy=settings.get(PROXY) or None,
        mounts=direct,
        timeout=httpx.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS),
        headers={"User-Agent": USER_AGENT} | ({"Accept-Language": language} if language else {}),
        follow_redirects=False,
    )
    client.proxy_address = settings.get(PROXY)
    return client


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
        translated(host, _proxy_for(client, url)),
        client.stream(method, url, headers=wanted, json=json, content=content) as response,
    ):
        _refuse_strangers(response, host, _proxy_for(client, url))
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > limit:
                raise CenterAnswersNonsense(host=host, reason=N_("the answer is too large"))
        return Answer(host, response.status_code, response.headers, bytes(body), _date_of(response))


def _proxy_for(client: httpx.Client, url: str) -> str:
    """The proxy that a request goes through, "" for none."""
    proxy = getattr(client, "proxy_address", "") or getproxies().get(url.partition(":")[0], "")
    return host_of(proxy)


def _refuse_strangers(response: httpx.Response, host: str, proxy: str) -> None:
    """Notice answers that did not come from whom was asked, and those that mean an outage."""
    status = response.status_code
    if status == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
        raise ProxyWantsPassword(host=proxy or host)
    if status == httpx.codes.NETWORK_AUTHENTICATION_REQUIRED:  # RFC 6585, section 6
        raise CaptivePortal(host=host)
    if response.is_redirect:
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


@contextmanager
def translated(host: str, proxy: str = "") -> Iterator[None]:
    """Turn httpx's errors into ours; `host`, or the proxy where it is to blame, is named to the person."""
    try:
        yield
    except httpx.HTTPError as error:
        raise _in_our_words(error, host, proxy) from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise CenterAnswersNonsense(host=host, reason=N_("an address that cannot be read")) from error


def _in_our_words(error: httpx.HTTPError, host: str, proxy: str) -> NetworkError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CertificateNotTrusted(host=host, issuer=issuer_of(host) or N_("an unknown authority"))
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.ProxyError) and "407" in str(error):
        return ProxyWantsPassword(host=proxy or host)
    # A connection that ends too early is an outage, whatever of the answer had come.
    ended = "disconnected" in str(error) or "closed connection" in str(error)
    if isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError) and not ended:
        return CenterAnswersNonsense(host=host, reason=N_("not HTTP as it should be"))
    return CenterUnreachable(host=host, reason=_reason(error))


def _reason(error: httpx.HTTPError) -> str:
    said = str(error).casefold()
    if isinstance(error, httpx.TimeoutException):
        return N_("no answer in time")
    if "name or service" in said or "getaddrinfo" in said or "name resolution" in said:
        return N_("the name is not known; is there a network?")
    if "refused" in said:
        return N_("nothing answers there")
    if "unreachable" in said:
        return N_("there is no network")
    return N_("the connection was cut")


def _date_of(response: httpx.Response) -> datetime | None:
    try:
        return parsedate_to_datetime(response.headers["date"])
    except (KeyError, ValueError):
        return None


def host_of(url: str) -> str:
    """The host and, where it was given, the port of an address, as a person reads it."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return url[:80]


def origin_of(url: str) -> str:
    """Scheme, host and port: what a token may be sent to."""
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    return f"{parts.scheme}://{(parts.hostname or '').casefold()}:{port}"

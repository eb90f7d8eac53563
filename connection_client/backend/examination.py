# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Looks at the way to the Center, step by step: name, proxy, TLS, clock, sign-in."""

import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies

from connection_client.backend.examination_words import session_in, span, trust_in
from connection_client.backend.http import Answer, Client, ask, way_of
from connection_client.backend.http_errors import Way
from connection_client.backend.provider_metadata import fetch_metadata
from connection_client.backend.shown_certificate import look_at
from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.errors import (
    CaptivePortal,
    CenterUnreachable,
    CertificateNotTrusted,
    ClientError,
    NetworkError,
    ProxyWantsPassword,
)
from connection_client.domain.findings import Finding, Verdict, failed, of_error, passed, warned
from connection_client.domain.language import N_
from connection_client.domain.setting import SettingsReader, Source, is_loopback
from connection_client.domain.settings import CENTER_URL, PROXY
from connection_client.domain.settings_errors import NoCenterConfigured

CLOCK_RIGHT, CLOCK_BEARABLE = 30, 120  # seconds; beyond the second the sign-in is refused
_PORTS = {"https": 443, "http": 80}
ASK_IT = N_("Ask your IT department for the way out of this network.")


class WayToTheCenter:
    """The checks of the network; the Center itself is asked once, and its answer serves several of them."""

    def __init__(
        self,
        client: Client,
        settings: SettingsReader,
        state: Callable[[], SessionState],
        proxy_source: Callable[[], Source],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        everybody: str = "",
    ) -> None:
        self._client, self._settings, self._state, self._clock = client, settings, state, clock
        self._proxy_source, self._everybody = proxy_source, everybody
        self._lock = threading.Lock()
        self._asked: tuple[Answer | None, NetworkError | None] | None = None

    def name(self) -> Finding:
        """Whether the Center's name leads to an address; begins a new examination."""
        with self._lock:
            self._asked = None
        host = self._host()
        if _is_address(host):
            return passed(N_("{host} is an address and needs no name service."), host=host)
        way = self._way()
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            if way.proxy:
                return passed(N_("{host} is looked up by the proxy {proxy}."), host=host, proxy=way.name)
            return failed(
                N_("{host} has no address ({reason})."),
                N_("Check the Center's address in the settings, and whether this computer is online."),
                host=host,
                reason=getattr(error, "strerror", None) or N_("the name cannot be read"),
            )
        return passed(N_("{host} is {address}."), host=host, address=found[0][4][0])

    def proxy(self) -> Finding:
        """Which way requests go, who decided so, and whether that way is open."""
        way = self._way()
        _answer, error = self._ask()
        if isinstance(error, ProxyWantsPassword):
            return failed(
                N_("The proxy {proxy}, named by {source}, wants a name and a password."),
                N_("Enter them in the settings under Network, or run: connection-client proxy-login NAME."),
                proxy=error.facts["host"],
                source=self._source(),
            )
        if isinstance(error, CaptivePortal):
            return failed(
                N_("This network wants a sign-in of its own before it lets anything through."),
                N_("Open any page in the browser and sign in to the network."),
            )
        if not way.proxy:
            return passed(N_("The Center is asked directly, without a proxy."))
        if isinstance(error, CenterUnreachable):
            return failed(
                N_("Nothing comes through the proxy {proxy}, named by {source} ({reason})."),
                ASK_IT,
                proxy=way.name,
                source=self._source(),
                reason=error.facts["reason"],
            )
        return passed(
            N_("The proxy {proxy} works; it is named by {source}."), proxy=way.name, source=self._source()
        )

    def tls(self) -> Finding:
        """Who vouches for the Center, and whether somebody looks into the connection on the way."""
        parts = urlsplit(self._address())
        if parts.scheme != "https":
            return passed(N_("The Center runs on this computer; nothing leaves it."))
        _answer, error = self._ask()
        way = self._way()
        shown = look_at(parts.hostname or "", parts.port or 443, way.proxy, way.login, self._everybody)
        if isinstance(error, CertificateNotTrusted) or (shown and not shown.trusted):
            issuer = shown.issuer if shown else str(error.facts["issuer"] if error else "")
            return failed(
                N_("The certificate of {host} is issued by {issuer}, which this computer does not trust."),
                N_(
                    "Show this to your IT department. An authority of your organisation belongs into "
                    "the system's store."
                ),
                host=parts.netloc,
                issuer=issuer or N_("an unknown authority"),
            )
        if shown is None:
            return of_error(error or CenterUnreachable(host=parts.netloc, reason=N_("no answer")))
        return trust_in(shown, way)

    def clock(self) -> Finding:
        """How far this computer's clock is from the Center's."""
        answer, error = self._ask()
        if answer is None or answer.date is None:
            return warned(
                N_("The clock could not be compared with the Center's."),
                "",
                **({"error": error} if error else {}),
            )
        behind = round((answer.date - self._clock()).total_seconds())
        words = span(abs(behind))
        if abs(behind) <= CLOCK_RIGHT:
            return passed(N_("This computer's clock is right."))
        mend = N_("Let the system set the clock by itself, or set it by hand.")
        said = (
            N_("This computer's clock is {count} {unit} behind.")
            if behind > 0
            else N_("This computer's clock is {count} {unit} ahead.")
        )
        finding = warned if abs(behind) <= CLOCK_BEARABLE else failed
        return finding(said, mend, **words)

    def sign_in(self) -> Finding:
        """Whether the provider answers for itself, and what the session is."""
        state = self._state()
        issuer = state.account.issuer if state.account else self._address()
        _answer, error = self._ask()
        try:
            if error is not None and issuer == self._address():
                raise error
            fetch_metadata(self._client, issuer)
        except ClientError as met:
            if state.status is SessionStatus.SIGNED_IN:
                return Finding(
                    Verdict.WARNING,
                    N_("You are signed in, but the sign-in cannot be renewed now. {error}"),
                    "",
                    {"error": met},
                )
            return of_error(met)
        return session_in(state)

    # ---- the inside ----------------------------------------------------------------------------
    def _address(self) -> str:
        address = self._settings.get(CENTER_URL)
        if not address:
            raise NoCenterConfigured
        return address.rstrip("/")

    def _host(self) -> str:
        return urlsplit(self._address()).hostname or ""

    def _way(self) -> Way:
        return way_of(self._client, self._address())

    def _ask(self) -> tuple[Answer | None, NetworkError | None]:
        with self._lock:
            if self._asked is None:
                try:
                    self._asked = ask(self._client, "GET", f"{self._address()}/api/v1/links"), None
                except NetworkError as error:
                    self._asked = None, error
            return self._asked

    def _source(self) -> str:
        if self._settings.get(PROXY):
            managed = self._proxy_source() is Source.POLICY
            return N_("your organisation's policy") if managed else N_("the settings")
        return N_("the environment") if getproxies() else N_("the desktop")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return is_loopback(host)
    return True

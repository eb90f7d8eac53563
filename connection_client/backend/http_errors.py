# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The errors of httpx in our words, with the proxy named where it is to blame."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from connection_client.backend.addresses import host_of
from connection_client.backend.certificates import issuer_of
from connection_client.domain.errors import (
    CenterAnswersNonsense,
    CenterUnreachable,
    CertificateNotTrusted,
    NetworkError,
    ProxyWantsPassword,
)
from connection_client.domain.language import N_
from connection_client.domain.proxies import ProxyLogin


@dataclass(frozen=True)
class Way:
    """How a server is reached: directly ("") or through the proxy at that address."""

    proxy: str = ""
    login: ProxyLogin | None = None

    @property
    def name(self) -> str:
        """The proxy as it is named to a person."""
        return host_of(self.proxy)


@contextmanager
def translated(host: str, way: Callable[[], Way] = Way) -> Iterator[None]:
    """Turn httpx's errors into ours; `host`, or the proxy where it is to blame, is named to the person."""
    try:
        yield
    except httpx.HTTPError as error:
        raise _in_our_words(error, host, way()) from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise CenterAnswersNonsense(host=host, reason=N_("an address that cannot be read")) from error


def _in_our_words(error: httpx.HTTPError, host: str, way: Way) -> NetworkError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            issuer = issuer_of(host, way.proxy, way.login)
            return CertificateNotTrusted(host=host, issuer=issuer or N_("an unknown authority"))
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.ProxyError) and "407" in str(error):
        return ProxyWantsPassword(host=way.name or host)
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

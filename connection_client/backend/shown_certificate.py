# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who vouches for a server: the issuer, whether this computer trusts it, and whether everybody does."""

import ssl
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException

import certifi
import truststore
from cryptography import x509

from connection_client.backend.certificates import connected, issuer_name
from connection_client.domain.proxies import ProxyLogin


@dataclass(frozen=True)
class Shown:
    """`trusted` by this computer; `public` where Mozilla's list alone, without additions, suffices."""

    issuer: str
    trusted: bool
    public: bool


def look_at(
    host: str, port: int, proxy: str = "", login: ProxyLogin | None = None, everybody: str = ""
) -> Shown | None:
    """What the server shows on the way by `proxy` ("" for none); None where nothing can be reached.

    `everybody` is the file with the authorities that all computers trust, certifi's by default.
    """
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Nothing is sent over this connection: it only reads the certificate.
    anybody.check_hostname = False
    anybody.verify_mode = ssl.CERT_NONE
    shown = _handshake(anybody, host, port, proxy, login)
    if not isinstance(shown, bytes):
        return None
    try:
        issuer = issuer_name(x509.load_der_x509_certificate(shown).issuer)
    except ValueError:
        return None
    by_system = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    by_mozilla = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    by_mozilla.load_verify_locations(everybody or certifi.where())
    trusted, public = (
        isinstance(_handshake(context, host, port, proxy, login), bytes)
        for context in (by_system, by_mozilla)
    )
    return Shown(issuer, trusted, public)


def _handshake(
    context: ssl.SSLContext, host: str, port: int, proxy: str, login: ProxyLogin | None
) -> bytes | None:
    """The server's certificate, None where the handshake or the way to it fails."""
    try:
        with (
            closing(connected(host, port, proxy, login)) as plain,
            context.wrap_socket(plain, server_hostname=host) as secure,
        ):
            return secure.getpeercert(binary_form=True) or b""
    except (OSError, ValueError, HTTPException):
        return None

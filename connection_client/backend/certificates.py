# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who issued a certificate that was not trusted: said to the person, never used to go on anyway."""

import socket
import ssl
from base64 import b64encode
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID

from connection_client.domain.proxies import ProxyLogin

SECONDS = 3.0


def issuer_of(host: str, proxy: str = "", login: ProxyLogin | None = None) -> str:
    """The issuer of the certificate that `host[:port]` shows, in its own words; "" if it cannot be told.

    `proxy` is the address of the proxy that is asked for the connection, "" for none.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Nothing is sent over this connection: it only reads the name for the message.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        parts = urlsplit(f"//{host}")
        with (
            closing(connected(parts.hostname or "", parts.port or 443, proxy, login)) as plain,
            context.wrap_socket(plain, server_hostname=parts.hostname) as secure,
        ):
            shown = secure.getpeercert(binary_form=True) or b""
        return issuer_name(x509.load_der_x509_certificate(shown).issuer)
    except (OSError, ValueError, HTTPException):
        return ""


def connected(host: str, port: int, proxy: str, login: ProxyLogin | None) -> socket.socket:
    way = urlsplit(proxy)
    if not way.hostname:
        return socket.create_connection((host, port), timeout=SECONDS)
    tunnel = HTTPConnection(way.hostname, way.port or 80, timeout=SECONDS)
    pair = f"{login.name}:{login.password}" if login else ""
    proof = {"Proxy-Authorization": f"Basic {b64encode(pair.encode()).decode()}"} if login else {}
    tunnel.set_tunnel(host, port, proof)
    tunnel.connect()
    return tunnel.sock


def issuer_name(issuer: x509.Name) -> str:
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in issuer.get_attributes_for_oid(kind):
            return "".join(c for c in str(attribute.value) if c.isprintable())[:100]
    return ""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who issued a certificate that was not trusted: said to the person, never used to go on anyway."""

import socket
import ssl
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID

SECONDS = 3.0


def issuer_of(host: str) -> str:
    """The issuer of the certificate that `host[:port]` shows, in its own words; "" if it cannot be told."""
    parts = urlsplit(f"//{host}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Nothing is sent over this connection: it only reads the name for the message.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        address = (parts.hostname or "", parts.port or 443)
        with (
            socket.create_connection(address, timeout=SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=parts.hostname) as secure,
        ):
            shown = secure.getpeercert(binary_form=True) or b""
        return _name(x509.load_der_x509_certificate(shown).issuer)
    except (OSError, ValueError):
        return ""


def _name(issuer: x509.Name) -> str:
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in issuer.get_attributes_for_oid(kind):
            return "".join(c for c in str(attribute.value) if c.isprintable())[:100]
    return ""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether a network keeps everybody on a page of its own: asked in plain HTTP, which such networks answer."""

from urllib.parse import urljoin, urlsplit

import httpx

SECONDS = 3.0
PATH = "/.well-known/openid-configuration"  # a Center answers it with JSON, or sends to its own TLS


def keeps_us_in(client: httpx.Client, host: str) -> bool:
    """Whether somebody else answers for `host`; nothing secret is sent, and nothing is believed."""
    name = urlsplit(f"//{host}").hostname or ""
    address = f"http://[{name}]{PATH}" if ":" in name else f"http://{name}{PATH}"
    try:
        with client.stream("GET", address, timeout=SECONDS) as answer:
            return _is_somebody_else(answer, name)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return False


def _is_somebody_else(answer: httpx.Response, name: str) -> bool:
    if answer.status_code == httpx.codes.NETWORK_AUTHENTICATION_REQUIRED:  # RFC 6585, section 6
        return True
    if answer.is_redirect:
        target = urljoin(str(answer.url), answer.headers.get("location", ""))
        return bool(urlsplit(target).hostname != name)
    kind: str = answer.headers.get("content-type", "")
    return answer.is_success and "html" in kind

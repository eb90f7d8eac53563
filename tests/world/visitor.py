# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A person with a browser that has no JavaScript: opens pages, fills forms, follows redirects."""

import itertools
import re
import time
from types import TracebackType
from typing import Any, Self

import httpx

from tests.world.center import Center, Mail

_TLS = httpx.create_ssl_context()  # read once: the Center of tests speaks plain HTTP anyway
_PLACES = itertools.count(int(time.monotonic() * 1000) % 60_000)


def _another_computer() -> str:
    """A loopback address of one's own (127.1.0.0/16), so that limits per computer count persons apart."""
    number = next(_PLACES) % 65_000
    return f"127.1.{number // 250}.{number % 250 + 1}"


class Visitor:
    """Use as a context manager; `http` is there for what forms do not cover."""

    def __init__(self, center: Center) -> None:
        self._center = center
        transport = httpx.HTTPTransport(local_address=_another_computer(), verify=_TLS)
        self.http = httpx.Client(
            base_url=center.address, transport=transport, follow_redirects=True, timeout=30, trust_env=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def open(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.http.get(path)

    def send(self, path: str, data: dict[str, Any] | None = None, files: Any = None) -> httpx.Response:
        """Send a form to `path`, with the token that forms carry."""
        if "csrftoken" not in self.http.cookies:
            self.http.get("accounts/login/")
        token = {"csrfmiddlewaretoken": self.http.cookies["csrftoken"]}
        return self.http.post(path, data=(data or {}) | token, files=files)

    def sign_in(self, email: str, password: str) -> httpx.Response:
        """Sign in on the Center's page."""
        return self.send("accounts/login/", {"login": email, "password": password})

    def register(self, email: str, **changes: str) -> httpx.Response:
        """Fill in individual registration."""
        form = {
            "name": "Mia Sole",
            "email": email,
            "country": "PT",
            "organisation": "",
            "password1": "Quiet-meadow-314",
            "terms": "on",
        }
        return self.send("register/", {key: value for key, value in (form | changes).items() if value != "-"})

    def confirm(self, mail: Mail) -> httpx.Response:
        """Follow the link of the confirmation mail and press its button."""
        link = next(link for link in mail.links if "confirm-email" in link)
        self.http.get(link)
        return self.send(link)


def heading(page: httpx.Response) -> str:
    """The page's one h1."""
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)
    assert len(found) == 1, found
    return str(found[0]).strip()

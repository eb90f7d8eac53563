# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Registered applications and the tokens for their services, over the Center's HTTP API."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

import httpx
import msgspec

from connection_client.backend.center_api import CenterApi, read
from connection_client.backend.http import ask
from connection_client.domain.consents import ApplicationToken
from connection_client.domain.errors import NotSignedIn
from connection_client.domain.launch_errors import ApplicationNotRegistered

T = TypeVar("T")


class _Application(msgspec.Struct):
    name: str


class _Token(msgspec.Struct):
    token: str
    expires_in: int


class CenterApplications:
    """Implements the port TokenSource. Safe for several threads."""

    def __init__(self, client: httpx.Client, center: CenterApi, access_token: Callable[[], str]) -> None:
        self._client, self._center, self._access_token = client, center, access_token

    def name(self, audience: str) -> str:
        """The application's name; raises ApplicationNotRegistered, NotSignedIn, NetworkError."""
        return self._asked("GET", audience, "", _Application).name

    def fetch(self, audience: str) -> ApplicationToken:
        """A fresh token; raises ApplicationNotRegistered, NotSignedIn, NetworkError."""
        said = self._asked("POST", audience, "/token", _Token)
        return ApplicationToken(said.token, said.expires_in)

    def _asked(self, method: str, audience: str, what: str, kind: type[T]) -> T:
        address = f"{self._center.address}/api/v1/applications/{quote(audience, safe='')}{what}"
        bearer = {"Authorization": f"Bearer {self._access_token()}"}
        answer = ask(self._client, method, address, headers=bearer)
        if answer.status == httpx.codes.UNAUTHORIZED:
            raise NotSignedIn
        if answer.status == httpx.codes.NOT_FOUND:
            raise ApplicationNotRegistered(audience=audience)
        return read(answer, kind)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A file asked for as a client asks, and its whole answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client

from connect_center.delivery.models import Package

ROLE_NAME = "Product Delivery - Download"


def address_of(name: str) -> str:
    return f"/delivery/files/{Package.objects.get(filename__startswith=name).path}"


@dataclass(frozen=True)
class Answer:
    """An answer that was read to its end."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers[name]

    def json(self) -> Any:
        return json.loads(self.content)


def get(client: Client, address: str, headers: dict[str, str] | None = None) -> Answer:
    """Django's client closes an answer itself, but not the connection that the transaction lives in."""
    response = client.get(address, headers=headers or {})
    return Answer(response.status_code, response.headers, b"".join(response))

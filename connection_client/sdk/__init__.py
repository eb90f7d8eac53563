# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What an SES application imports to ask the client; standard library only, nothing of ours.

    from connection_client.sdk import NotEntitled, require

    try:
        entitlement = require("survey-viewer", "10.2.0.7")
    except NotEntitled as refusal:
        show(str(refusal))

Every call may start the client, and waits for it `timeout` seconds at most. `connection_client.sdk.aio`
has the same calls for asyncio.
"""

from .answers import Entitlement, Person, Status, read_entitlement, read_status
from .errors import ClientDoesNotAnswer, ClientError, ClientNotInstalled, ClientRefused, NotEntitled
from .start import ask_or_start

__all__ = [
    "ClientDoesNotAnswer",
    "ClientError",
    "ClientNotInstalled",
    "ClientRefused",
    "Entitlement",
    "NotEntitled",
    "Person",
    "Status",
    "entitlement",
    "require",
    "sign_in",
    "status",
]

TIMEOUT = 20.0


def require(product: str, version: str = "", *, timeout: float = TIMEOUT) -> Entitlement:
    """The entitlement of the signed-in person, or NotEntitled with the reason and who helps."""
    answer = entitlement(product, version, timeout=timeout)
    if not answer.entitled:
        raise NotEntitled(answer)
    return answer


def entitlement(product: str, version: str = "", *, timeout: float = TIMEOUT) -> Entitlement:
    """Whether the signed-in person may use `product`; a refusal is an answer, not an exception."""
    return read_entitlement(ask_or_start("entitlement", {"product": product, "version": version}, timeout))


def status(*, timeout: float = TIMEOUT) -> Status:
    """Who is signed in."""
    return read_status(ask_or_start("status", {}, timeout))


def sign_in(*, timeout: float = TIMEOUT) -> None:
    """Open the client's window where the person signs in; returns at once, ask again for the outcome."""
    ask_or_start("signIn", {}, timeout)

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
from .errors import (
    ClientDoesNotAnswer,
    ClientError,
    ClientNotInstalled,
    ClientRefused,
    NotEntitled,
    ProtocolNotSpoken,
)
from .start import ask_or_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "ClientDoesNotAnswer",
    "ClientError",
    "ClientNotInstalled",
    "ClientRefused",
    "Entitlement",
    "NotEntitled",
    "Person",
    "ProtocolNotSpoken",
    "Status",
    "changes",
    "entitlement",
    "require",
    "sign_in",
    "status",
    "token",
]

TIMEOUT = 20.0
TIME_TO_AGREE = 120.0


def require(product: str, version: str = "", *, level: int = 0, timeout: float = TIMEOUT) -> Entitlement:
    """The entitlement of the signed-in person, or NotEntitled with the reason and who helps."""
    answer = entitlement(product, version, level=level, timeout=timeout)
    if not answer.entitled:
        raise NotEntitled(answer)
    return answer


def entitlement(product: str, version: str = "", *, level: int = 0, timeout: float = TIMEOUT) -> Entitlement:
    """Whether the signed-in person may use `product`; a refusal is an answer, not an exception.

    `level` is the level of features that is wanted, where the application is sold in levels.
    """
    question = {"product": product, "version": version, "level": level}
    return read_entitlement(ask_or_start("entitlement", question, timeout))


def status(*, timeout: float = TIMEOUT) -> Status:
    """Who is signed in."""
    return read_status(ask_or_start("status", {}, timeout))


def sign_in(*, timeout: float = TIMEOUT) -> None:
    """Open the client's window where the person signs in; returns at once, ask again for the outcome."""
    ask_or_start("signIn", {}, timeout)


def token(audience: str, *, timeout: float = TIME_TO_AGREE) -> str:
    """A token (JWT) of the person for the application's own service, registered as `audience`.

    The person is asked once, and this waits for the answer; a no is a ClientRefused with code -32012.
    """
    answer = ask_or_start("token", {"audience": audience}, timeout).get("token")
    if not isinstance(answer, str):
        raise ClientDoesNotAnswer("its answer makes no sense")
    return answer


def changes(*, timeout: float = TIMEOUT) -> "Iterator[str]":
    """What has changed, as it changes: `status` or `entitlement`, whose function then gives the news.

    The first is always `status`, said when the client listens. Waits between two for as long as it takes;
    ends with ClientDoesNotAnswer when the client does. `timeout` is for starting and reaching it.
    """
    from .news import listen

    return listen(timeout)

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Messages of the Center over its HTTP API: `GET /api/v1/messages`, docs/center-api.md."""

import logging
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final
from urllib.parse import urlsplit

import httpx
import msgspec
from msgspec import Meta, Struct

from connection_client.backend.center_api import CenterApi, read
from connection_client.backend.http import ask
from connection_client.domain.errors import NotSignedIn
from connection_client.domain.messages import Feed, Level, Message

_LOG = logging.getLogger(__name__)
_MOST: Final = 50
_LONGEST: Final = 1000  # characters of a text; the Center allows fewer
_Moment = Annotated[datetime, Meta(tz=True)]


class _Message(Struct):
    id: Annotated[str, Meta(min_length=1, max_length=64)]
    level: str
    texts: dict[str, str]
    begins: _Moment
    ends: _Moment
    link: str = ""


class _Messages(Struct):
    messages: tuple[msgspec.Raw, ...]


class CenterMessages:
    """Implements the port MessageSource. Safe for several threads."""

    def __init__(self, client: httpx.Client, center: CenterApi, access_token: Callable[[], str]) -> None:
        self._client, self._center, self._access_token = client, center, access_token

    def fetch(self, etag: str = "") -> Feed | None:
        """What the person is told, newest first; None where nothing is new since the answer named `etag`.

        Raises NetworkError, NotSignedIn, SessionEnded, KeyStoreError.
        """
        headers = {"Authorization": f"Bearer {self._access_token()}"}
        if etag:
            headers["If-None-Match"] = etag
        answer = ask(self._client, "GET", f"{self._center.address}/api/v1/messages", headers=headers)
        if answer.status == httpx.codes.NOT_MODIFIED and etag:
            return None
        if answer.status == httpx.codes.UNAUTHORIZED:
            raise NotSignedIn
        if answer.status == httpx.codes.NOT_FOUND:
            return Feed()  # a Center that has none
        said = read(answer, _Messages).messages[:_MOST]
        messages = tuple(message for raw in said if (message := _message(raw)) is not None)
        return Feed(answer.headers.get("etag", ""), messages)


def _message(raw: msgspec.Raw) -> Message | None:
    """One that cannot be read loses only itself."""
    try:
        said = msgspec.json.decode(raw, type=_Message)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        _LOG.warning("A message of the Center cannot be read and was left out: %s", error)
        return None
    texts = {language: _one_line(text) for language, text in said.texts.items()}
    texts = {language: text for language, text in texts.items() if text}
    if not texts:
        return None
    return Message(said.id, _level(said.level), texts, said.begins, said.ends, _link(said.link))


def _one_line(text: str) -> str:
    """Without new lines and controls, and not longer than can be shown."""
    shown = "".join(" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in text)
    return " ".join(shown.split())[:_LONGEST]


def _level(said: str) -> Level:
    """One that a newer Center has and this client does not know reads as a warning."""
    try:
        return Level(said)
    except ValueError:
        return Level.WARNING


def _link(said: str) -> str:
    """A web page; whatever else it is, it is left out."""
    try:
        parts = urlsplit(said)
    except ValueError:
        return ""
    return said if parts.scheme in ("https", "http") and parts.hostname and said.isprintable() else ""

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Asking for a package's bytes: redirects, the token's origin, and what each answer means."""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import quote, urljoin, urlsplit

import httpx

from connection_client.backend.addresses import host_of, origin_of
from connection_client.backend.http import reaching
from connection_client.domain.catalogue import Package
from connection_client.domain.errors import (
    CaptivePortal,
    CenterAnswersNonsense,
    NotSignedIn,
    ProxyWantsPassword,
    RoleMissing,
)
from connection_client.domain.language import N_

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)", re.ASCII)
_REDIRECTS = 5
_LARGEST_PROBLEM = 1 << 16  # bytes
_LONGEST_WAIT = 60.0  # seconds


class Meaning(Enum):
    """What an answer is good for."""

    FROM_START = auto()
    CONTINUED = auto()
    START_OVER = auto()  # the range cannot be had: ask again from the first byte
    TRY_AGAIN = auto()
    NOT_THERE = auto()
    ANOTHER_FILE = auto()


@dataclass(frozen=True)
class PackageAnswer:
    """An open answer; `wait` is what the server asked for in seconds (RFC 9110, section 10.2.3)."""

    meaning: Meaning
    response: httpx.Response
    host: str
    wait: float = 0.0
    reason: str = ""


class PackageRequest:
    """Asks the Center for one package. The token goes to the Center's origin and nowhere else."""

    def __init__(
        self, client: httpx.Client, address: str, package: Package, token: Callable[[], str]
    ) -> None:
        self._client = client
        self._address = address
        self._package = package
        self._token = token

    @property
    def host(self) -> str:
        """Whom we ask, as people read it."""
        return host_of(self._address)

    @contextmanager
    def open(self, position: int, etag: str, cancelled: threading.Event) -> Iterator[PackageAnswer]:
        """Ask for everything from `position` on; raises NetworkError, RoleMissing, NotSignedIn.

        httpx's errors while the body is read are translated as well.
        """
        with reaching(self._client, self._address):
            response = self._follow(position, etag)
            try:
                with _interrupted_by(cancelled, response):
                    yield self._read(response, position)
            finally:
                response.close()

    def _follow(self, position: int, etag: str) -> httpx.Response:
        url = f"{self._address}/delivery/files/{quote(self._package.path)}"
        for _ in range(_REDIRECTS):
            # Identity, because offsets and lengths would be those of the compressed stream otherwise.
            headers = {"Accept-Encoding": "identity", "Accept": "*/*"}
            if position:
                headers["Range"] = f"bytes={position}-"
                if etag:
                    headers["If-Range"] = etag
            if self._package.needs_account and origin_of(url) == origin_of(self._address):
                headers["Authorization"] = f"Bearer {self._token()}"
            response = self._client.send(
                self._client.build_request("GET", url, headers=headers), stream=True, follow_redirects=False
            )
            if not response.is_redirect:
                return response
            response.close()
            url = self._next(url, response.headers.get("location", ""))
        raise CenterAnswersNonsense(host=self.host, reason=N_("it sends from place to place without end"))

    def _next(self, url: str, location: str) -> str:
        target = urljoin(url, location)
        parts = urlsplit(target)
        if parts.scheme not in ("https", urlsplit(url).scheme) or not parts.hostname:
            raise CenterAnswersNonsense(host=self.host, reason=N_("it sends to an unprotected place"))
        return target

    def _read(self, response: httpx.Response, position: int) -> PackageAnswer:
        host = host_of(str(response.url))
        status = response.status_code
        self._refuse(response, host)
        if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return PackageAnswer(Meaning.START_OVER, response, host, reason=f"HTTP {status}")
        if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
            return PackageAnswer(Meaning.NOT_THERE, response, host, reason=f"HTTP {status}")
        if status == httpx.codes.PARTIAL_CONTENT:
            fits = self._is_range_from(position, response.headers.get("content-range", ""))
            return PackageAnswer(Meaning.CONTINUED if fits else Meaning.START_OVER, response, host)
        if status == httpx.codes.OK:
            told = response.headers.get("content-length", "")
            same = not told or told == str(self._package.length)
            return PackageAnswer(Meaning.FROM_START if same else Meaning.ANOTHER_FILE, response, host)
        return PackageAnswer(Meaning.TRY_AGAIN, response, host, _wait(response), f"HTTP {status}")

    def _refuse(self, response: httpx.Response, host: str) -> None:
        status = response.status_code
        if status == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
            raise ProxyWantsPassword(host=host)
        is_page = response.is_success and "html" in response.headers.get("content-type", "")
        if is_page or status == httpx.codes.NETWORK_AUTHENTICATION_REQUIRED:
            raise CaptivePortal(host=host)
        if response.headers.get("content-encoding", "identity") not in ("", "identity"):
            raise CenterAnswersNonsense(host=host, reason=N_("the file came compressed"))
        if origin_of(str(response.url)) == origin_of(self._address):
            if status == httpx.codes.UNAUTHORIZED:
                raise NotSignedIn
            if status == httpx.codes.FORBIDDEN:
                _refuse_without_role(response)

    def _is_range_from(self, position: int, content_range: str) -> bool:
        match = _CONTENT_RANGE.fullmatch(content_range)
        return (
            match is not None and int(match[1]) == position and match[3] in ("*", str(self._package.length))
        )


def _refuse_without_role(response: httpx.Response) -> None:
    """Read the Center's problem (RFC 9457) that names the role and whom to ask."""
    try:
        body = b""
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > _LARGEST_PROBLEM:
                return
        problem = json.loads(body)
        role = str(problem["role"])
        people = [f"{person['name']} <{person['email']}>" for person in problem.get("administrators", [])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    raise RoleMissing(role=role, administrators=tuple(people) or N_("your Account Administrator"))


def _wait(response: httpx.Response) -> float:
    asked = response.headers.get("retry-after", "")
    return min(float(asked), _LONGEST_WAIT) if asked.isascii() and asked.isdigit() else 0.0


@contextmanager
def _interrupted_by(cancelled: threading.Event, response: httpx.Response) -> Iterator[None]:
    """Wake a read that waits for a silent server as soon as the person cancels."""
    over = threading.Event()
    stream = response.extensions.get("network_stream")
    connection = stream.get_extra_info("socket") if stream is not None else None
    if not isinstance(connection, socket.socket):
        yield
        return

    def watch() -> None:
        while not over.wait(0.1):
            if cancelled.is_set():
                with suppress(OSError):
                    # Of the plain socket: the TLS layer must not be taken apart under the reader.
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
                return

    watcher = threading.Thread(target=watch, name="download-cancel", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()

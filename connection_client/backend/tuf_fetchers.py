# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""How TUF metadata reaches python-tuf: over our HTTP client, or from the files that were verified before."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from tuf.api import exceptions
from tuf.ngclient.fetcher import FetcherInterface

from connection_client.backend.addresses import host_of
from connection_client.backend.http import reaching
from connection_client.domain.errors import CaptivePortal, NetworkError, ProxyWantsPassword

KEPT = "kept:"
_VERSION_PREFIX = re.compile(r"^[0-9]+\.(?=.*\.json\Z)")
_SLOWEST_SECONDS = 120.0  # for one file of metadata; time limits between bytes do not stop a trickle


class HttpFetcher(FetcherInterface):
    """Fetches over one httpx client. Redirects are not followed: nothing here needs them."""

    def __init__(self, client: httpx.Client, slowest_seconds: float = _SLOWEST_SECONDS) -> None:
        self._client = client
        self._slowest_seconds = slowest_seconds

    def _fetch(self, url: str) -> Iterator[bytes]:
        # No generator itself: what goes wrong before the first byte has to surface here, where the base
        # class expects it.
        try:
            with reaching(self._client, url):
                response = self._client.send(self._client.build_request("GET", url), stream=True)
        except NetworkError as error:
            raise exceptions.DownloadError(str(error)) from error
        try:
            _refuse(response, url)
        except BaseException:
            response.close()
            raise
        return self._chunks(response, url)

    def _chunks(self, response: httpx.Response, url: str) -> Iterator[bytes]:
        # The base class lets errors through that are raised while iterating.
        latest = time.monotonic() + self._slowest_seconds
        try:
            with reaching(self._client, url):
                # As they come: whoever waits for a full block never looks at the clock in a trickle.
                for chunk in response.iter_bytes():
                    if time.monotonic() > latest:
                        raise exceptions.SlowRetrievalError(url)
                    yield chunk
        except NetworkError as error:
            raise exceptions.DownloadError(str(error)) from error
        finally:
            response.close()


def _refuse(response: httpx.Response, url: str) -> None:
    status = response.status_code
    stranger: NetworkError | None = None
    if status == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
        stranger = ProxyWantsPassword(host=host_of(url))
    elif status == httpx.codes.NETWORK_AUTHENTICATION_REQUIRED or _is_page(response):
        stranger = CaptivePortal(host=host_of(url))
    if stranger is not None:
        raise exceptions.DownloadError(str(stranger)) from stranger
    if status != httpx.codes.OK:
        raise exceptions.DownloadHTTPError(f"HTTP {status}", status)


def _is_page(response: httpx.Response) -> bool:
    """A web page, or a way to one, where metadata was asked for: sign-in walls answer so."""
    page = "html" in response.headers.get("content-type", "")
    return response.is_redirect or (response.is_success and page)


class KeptFetcher(FetcherInterface):
    """Gives what lies in a folder of verified metadata, so that TUF checks it again without network."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = _VERSION_PREFIX.sub("", url.rpartition("/")[2])
        path = self._folder / name
        if name == "root.json" or not path.is_file():
            raise exceptions.DownloadHTTPError("not kept", 404)
        return iter([path.read_bytes()])


class KeptAndHttpFetcher(FetcherInterface):
    """Metadata from the verified folder, which has addresses that begin with `KEPT`, all else over HTTP."""

    def __init__(self, folder: Path, client: httpx.Client) -> None:
        self._kept, self._http = KeptFetcher(folder), HttpFetcher(client)

    def _fetch(self, url: str) -> Iterator[bytes]:
        fetcher = self._kept if url.startswith(KEPT) else self._http
        return fetcher.fetch(url)

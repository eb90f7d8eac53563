# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Files service requests at the Center, with a diagnostics bundle where the person agreed to one."""

from collections.abc import Callable

import httpx
import msgspec

from connection_client.backend.center_api import CenterApi
from connection_client.backend.http import Answer, ask
from connection_client.domain.errors import CenterAnswersNonsense, ClientError, NotSignedIn
from connection_client.domain.language import N_
from connection_client.domain.service_requests import Filed, ServiceRequest


class _Filed(msgspec.Struct):
    number: int
    url: str


class CenterServiceRequests:
    """Implements the port Support. Safe for several threads."""

    def __init__(self, client: httpx.Client, center: CenterApi, access_token: Callable[[], str]) -> None:
        self._client, self._center, self._access_token = client, center, access_token

    def send(self, request: ServiceRequest) -> Filed:
        """File it, then send its bundle; raises SignInError, NetworkError where it was not kept."""
        address = f"{self._center.address}/api/v1/service-requests"
        texts = {name: getattr(request, name) for name in ("subject", "text", "product", "version")}
        answer = _accepted(ask(self._client, "POST", address, headers=self._bearer(), json=texts))
        try:
            said = msgspec.json.decode(answer.body, type=_Filed)
        except msgspec.DecodeError as error:
            raise CenterAnswersNonsense(host=answer.host, reason=N_("parts of it are missing")) from error
        if not request.bundle:
            return Filed(said.number, said.url)
        try:
            self._attach(f"{address}/{said.number}/diagnostics", request.bundle)
        except ClientError as error:  # the request itself is kept, and that is told
            return Filed(said.number, said.url, error)
        return Filed(said.number, said.url)

    def _attach(self, address: str, bundle: bytes) -> None:
        files = {"bundle": ("diagnostics.zip", bundle, "application/zip")}
        form = httpx.Request("POST", address, files=files)
        headers = {"Content-Type": form.headers["Content-Type"], **self._bearer()}
        _accepted(ask(self._client, "POST", address, headers=headers, content=form.read()))

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._access_token()}"}


def _accepted(answer: Answer) -> Answer:
    if answer.status == httpx.codes.UNAUTHORIZED:
        raise NotSignedIn
    if answer.status not in (httpx.codes.CREATED, httpx.codes.NO_CONTENT):
        raise CenterAnswersNonsense(host=answer.host, reason=f"HTTP {answer.status}")
    return answer

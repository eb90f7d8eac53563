# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Sign in with another device (RFC 8628): a short code is typed there, and this computer waits for it."""

import threading
from collections.abc import Callable

from connection_client.domain.accounts import Account
from connection_client.domain.errors import NetworkError, SignInCancelled, SignInTimedOut
from connection_client.identity.clock import uptime
from connection_client.identity.ports import Provider
from connection_client.identity.tokens import DeviceRequest, Grant

LONGEST_PAUSE = 60.0  # seconds


class DeviceAttempt:
    """One sign-in under way on another device."""

    def __init__(self, request: DeviceRequest, provider: Provider, begin: Callable[[Grant], Account]) -> None:
        self._request, self._provider, self._begin = request, provider, begin
        self._cancelled = threading.Event()
        self._ends = uptime() + request.lifetime
        self.user_code = request.user_code
        self.address = request.address
        self.complete_address = request.complete_address or request.address

    def wait(self) -> Account:
        """Block until the person has confirmed; raises SignInCancelled, SignInTimedOut, SignInRefused."""
        interval = pause = self._request.interval
        while not self._cancelled.wait(pause):
            if uptime() >= self._ends:
                raise SignInTimedOut(minutes=max(1, round(self._request.lifetime / 60)))
            try:
                answer = self._provider.poll_device(self._request)
            except NetworkError:
                # An outage does not end it: RFC 8628, section 3.5, asks to slow down instead.
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            if isinstance(answer, Grant):
                return self._begin(answer)
            pause = interval = interval + answer
        raise SignInCancelled

    def cancel(self) -> None:
        """End it from any thread."""
        self._cancelled.set()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Sign-in, accounts, devices and passwords that hold everything in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from connection_client.domain.accounts import Account, Device, Realm, SessionState, SessionStatus
from connection_client.domain.errors import CodeNotAccepted, NotSignedIn, SignInCancelled
from connection_client.identity.password import PasswordRules, ResetRequest
from tests.world.sample_products import NOW, SOFIA

CODE, RIGHT_LENGTH = "482913", 12


class Told:
    """Listeners, as the real services have them."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Any], None]] = []

    def subscribe(self, listener: Callable[[Any], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, what: object) -> None:
        for listener in tuple(self._listeners):
            listener(what)


class SampleSession(Told):
    def __init__(self, state: SessionState, slow: float) -> None:
        super().__init__()
        self.state, self._slow = state, slow
        self.revocations_tried = 0

    def become(self, state: SessionState) -> None:
        self.state = state
        self.tell(state)

    def restore(self) -> SessionState:
        time.sleep(self._slow)
        return self.state

    def retry_revocations(self) -> None:
        self.revocations_tried += 1

    def refresh_account(self) -> SessionState:
        return self.restore()

    def access_token(self) -> str:
        raise NotSignedIn

    def sign_out(self) -> None:
        time.sleep(self._slow)
        self.become(SessionState(SessionStatus.SIGNED_OUT, email=self.state.email))


class SampleAttempt:
    url = "http://127.0.0.1:8000/identity/o/authorize?response_type=code&client_id=connection-client"

    def __init__(self, session: SampleSession, *, opened: bool) -> None:
        self.opened = opened
        self.done, self._cancelled = threading.Event(), False
        self._session = session

    def open_again(self) -> bool:
        return self.opened

    def wait(self) -> Account:
        self.done.wait()
        if self._cancelled:
            raise SignInCancelled
        self._session.become(SessionState(SessionStatus.SIGNED_IN, SOFIA, SOFIA.email))
        return SOFIA

    def cancel(self) -> None:
        self._cancelled = True
        self.done.set()


class SampleDeviceAttempt(SampleAttempt):
    address = "http://127.0.0.1:8000/identity/o/device"
    complete_address = f"{address}?code=WLKD-KWJT"
    user_code = "WLKD-KWJT"


class SampleSignIn:
    def __init__(self, session: SampleSession, slow: float) -> None:
        self._session, self._slow = session, slow
        self.attempts: list[SampleAttempt] = []
        self.refusing: Exception | None = None
        self.browser_opens = True

    def discover(self, email: str) -> Realm:
        time.sleep(self._slow)
        if self.refusing is not None:
            raise self.refusing
        away = email.strip().endswith("@firm.example")  # whose people sign in at their own provider
        return Realm(email.strip(), "http://127.0.0.1:8000", federated=away, can_reset_password=not away)

    def start_device(self, _realm: Realm) -> SampleDeviceAttempt:
        if self.refusing is not None:
            raise self.refusing
        attempt = SampleDeviceAttempt(self._session, opened=False)
        self.attempts.append(attempt)
        return attempt

    def start(self, _realm: Realm) -> SampleAttempt:
        self.attempts.append(SampleAttempt(self._session, opened=self.browser_opens))
        return self.attempts[-1]


class SampleDevices:
    def __init__(self) -> None:
        self.devices: tuple[Device, ...] = (
            Device("1", "office-7", NOW, current=True),
            Device("2", "old-laptop", NOW - timedelta(days=40), current=False),
        )
        self.asked = 0
        self.refusing: Exception | None = None

    def listed(self) -> tuple[Device, ...]:
        self.asked += 1
        if self.refusing is not None:
            raise self.refusing
        return self.devices

    def sign_out(self, device: Device) -> None:
        self.devices = tuple(other for other in self.devices if other != device)


class SampleAccounts:
    def __init__(self, session: SampleSession) -> None:
        self._session = session
        self.others: tuple[Account, ...] = ()

    def listed(self) -> tuple[Account, ...]:
        return self.others

    def switch(self, account: Account) -> SessionState:
        before = self._session.state.account
        left = tuple(other for other in self.others if other != account)
        self.others = (before, *left) if before else left
        self._session.become(SessionState(SessionStatus.SIGNED_IN, account, account.email))
        return self._session.state

    def forget(self, account: Account) -> None:
        self.others = tuple(other for other in self.others if other != account)


class SamplePassword:
    def __init__(self, slow: float) -> None:
        self._slow = slow
        self.passwords: dict[str, str] = {}
        self.refusing: Exception | None = None

    def rules(self) -> PasswordRules:
        time.sleep(self._slow)
        return PasswordRules(
            RIGHT_LENGTH, ("Not one of the passwords that many people use.", "Not your name or your address.")
        )

    def request(self, email: str) -> ResetRequest:
        time.sleep(self._slow)
        return ResetRequest(email.strip(), 45, "token")

    def check(self, _request: ResetRequest, code: str) -> None:
        time.sleep(self._slow)
        if code != CODE:
            raise CodeNotAccepted

    def set(self, request: ResetRequest, code: str, password: str) -> None:
        self.check(request, code)
        if self.refusing is not None:
            raise self.refusing
        self.passwords[request.email] = password

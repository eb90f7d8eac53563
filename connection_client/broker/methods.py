# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What may be asked: `hello`, `status`, `entitlement`, `signIn`, `token`."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from connection_client.broker.callers import Callers
from connection_client.broker.changes import Changes
from connection_client.broker.messages import PROTOCOLS, Code, Refused
from connection_client.broker.peers import Peer
from connection_client.broker.ports import Licences
from connection_client.broker.tokens import Tokens
from connection_client.domain.accounts import Account, SessionState, SessionStatus
from connection_client.domain.entitlements import Entitlement
from connection_client.domain.errors import ClientError
from connection_client.domain.language import translate
from connection_client.domain.launch_errors import StillStarting
from connection_client.domain.licence_words import good_until, mark_passed, refusal_reason, warning
from connection_client.domain.texts import explain
from connection_client.version import VERSION

LONGEST_NAME = 128  # characters of a product's id or version
HIGHEST_LEVEL = 9999

Result = Mapping[str, object]
T = TypeVar("T")


class Methods:
    """Answers from the client's services: `at_once` never waits for anything, `call` may for a while."""

    def __init__(
        self,
        state: Callable[[], SessionState],
        licences: Licences,
        open_sign_in: Callable[[], None],
        tokens: Tokens | None = None,
    ) -> None:
        self._state = state
        self._licences = licences
        self._open_sign_in = open_sign_in
        self._tokens = tokens
        self.changes = Changes()
        self.callers = Callers()
        self._known: dict[str, Callable[[Mapping[str, object], Peer], Result]] = {
            "hello": self._hello,
            "status": self._status,
            "entitlement": self._answer_entitlement,
            "signIn": self._sign_in,
            "subscribe": lambda _parameters, _peer: {"subscribed": True},  # the conversation does the rest
        }
        if tokens is not None:
            self._known["token"] = self._token
        self._ready: dict[str, Callable[[Mapping[str, object], Peer], Result | None]] = {
            **{name: self._known[name] for name in ("hello", "status", "subscribe")},
            "entitlement": self._known_entitlement,
        }

    def note(self, method: str, peer: Peer) -> bool:
        """Count a call of a method that there is; True where it is worth a line in the log."""
        return method in self._known and self.callers.note(peer, method)

    def at_once(self, method: str, parameters: Mapping[str, object], peer: Peer) -> Result | None:
        """The answer of `call` where nothing has to be waited for, else None; raises Refused."""
        if method not in self._known:
            raise Refused(Code.UNKNOWN_METHOD)
        function = self._ready.get(method)
        return _unless_starting(function, parameters, peer) if function is not None else None

    def call(self, method: str, parameters: Mapping[str, object], peer: Peer) -> Result:
        """Answer one call; raises Refused. Unknown parameters are ignored: newer callers may say more."""
        function = self._known.get(method)
        if function is None:
            raise Refused(Code.UNKNOWN_METHOD)
        return _unless_starting(function, parameters, peer)

    def _hello(self, _parameters: Mapping[str, object], _peer: Peer) -> Result:
        return {
            "protocol": PROTOCOLS[-1],
            "supported": list(PROTOCOLS),
            "methods": list(self._known),
            "client": VERSION,
        }

    def _status(self, _parameters: Mapping[str, object], _peer: Peer) -> Result:
        state = self._state()
        account = state.account if state.status is SessionStatus.SIGNED_IN else None
        return {
            "state": state_in_words(state),
            "name": account.name if account else "",
            "email": account.email if account else "",
            "organisation": account.organisation if account else "",
            "client": VERSION,
        }

    def _answer_entitlement(self, parameters: Mapping[str, object], _peer: Peer) -> Result:
        answer = self._licences.answer(*_product_asked(parameters))
        return entitlement_in_words(answer, self._state().account)

    def _known_entitlement(self, parameters: Mapping[str, object], _peer: Peer) -> Result | None:
        product, _version, level = _product_asked(parameters)
        answer = self._licences.at_once(product, level)
        return entitlement_in_words(answer, self._state().account) if answer is not None else None

    def _sign_in(self, _parameters: Mapping[str, object], _peer: Peer) -> Result:
        self._open_sign_in()
        return {"opened": True}

    def _token(self, parameters: Mapping[str, object], peer: Peer) -> Result:
        audience = _name(parameters, "audience")
        if self._tokens is None or not audience:
            raise Refused(Code.WRONG_PARAMETERS)
        try:
            token = self._tokens.token(audience, peer)
        except ClientError as error:
            raise Refused(Code.CENTER_NOT_REACHED, text=explain(error, translate)) from error
        return {"token": token.value, "expires_in": token.seconds}


def state_in_words(state: SessionState) -> str:
    """The `state` of docs/broker.md: starting, locked, signed-out, signed-in, ended."""
    if state.status is not SessionStatus.UNKNOWN:
        return state.status.value
    return "starting" if state.problem is None else "locked"


def entitlement_in_words(answer: Entitlement, account: Account | None) -> Result:
    """The result of `entitlement`: yes with its end, or no with the reason and whom to ask."""
    now = datetime.now().astimezone()
    result: dict[str, object] = {"product": answer.product_id, "entitled": answer.entitled}
    if answer.until is not None:
        result["until"] = answer.until.isoformat(timespec="seconds")
    if answer.confirmed_at is not None:
        result["confirmed_at"] = answer.confirmed_at.isoformat(timespec="seconds")
    if answer.token:
        result["token"] = answer.token
    if answer.entitled:
        mark = mark_passed(answer, now)
        result["text"] = warning(answer, now) or good_until(answer, now)
        if answer.level is not None:
            result["level"] = answer.level
        if mark is not None:
            result["warning"] = mark.value
    if answer.reason is not None and not answer.entitled:
        text = refusal_reason(answer, now)
        result["reason"] = answer.reason.value
        result["text"] = f"{text[:1].upper()}{text[1:]}."
        people = account.administrators if account else ()
        result["administrators"] = [{"name": person.name, "email": person.email} for person in people]
    return result


def _unless_starting(
    function: Callable[[Mapping[str, object], Peer], T], parameters: Mapping[str, object], peer: Peer
) -> T:
    try:
        return function(parameters, peer)
    except StillStarting as error:
        raise Refused(Code.STARTING, retry_after_ms=200) from error


def _product_asked(parameters: Mapping[str, object]) -> tuple[str, str, int]:
    """Product, version and level; raises Refused."""
    product, version, level = _name(parameters, "product"), _name(parameters, "version"), _level(parameters)
    if not product:
        raise Refused(Code.WRONG_PARAMETERS)
    return product, version, level


def _level(parameters: Mapping[str, object]) -> int:
    value = parameters.get("level", 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= HIGHEST_LEVEL:
        raise Refused(Code.WRONG_PARAMETERS)
    return value


def _name(parameters: Mapping[str, object], key: str) -> str:
    value = parameters.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not value.isprintable():
        raise Refused(Code.WRONG_PARAMETERS)
    return value

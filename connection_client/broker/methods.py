# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What may be asked: `hello`, `status`, `entitlement`, `signIn`."""

from collections.abc import Callable, Mapping

from connection_client.broker.messages import PROTOCOLS, Code, Refused
from connection_client.domain.accounts import Account, SessionState, SessionStatus
from connection_client.domain.entitlements import REFUSAL_TEXTS, Entitlement
from connection_client.domain.errors import StillStarting
from connection_client.domain.language import translate
from connection_client.version import VERSION

LONGEST_NAME = 128  # characters of a product's id or version

Result = Mapping[str, object]


class Methods:
    """Answers from the client's services, which are given as functions and may block for a while."""

    def __init__(
        self,
        state: Callable[[], SessionState],
        entitlement: Callable[[str, str], Entitlement],
        open_sign_in: Callable[[], None],
    ) -> None:
        self._state = state
        self._entitlement = entitlement
        self._open_sign_in = open_sign_in
        self._known: dict[str, Callable[[Mapping[str, object]], Result]] = {
            "hello": self._hello,
            "status": self._status,
            "entitlement": self._answer_entitlement,
            "signIn": self._sign_in,
        }

    def call(self, method: str, parameters: Mapping[str, object]) -> Result:
        """Answer one call; raises Refused. Unknown parameters are ignored: newer callers may say more."""
        function = self._known.get(method)
        if function is None:
            raise Refused(Code.UNKNOWN_METHOD)
        try:
            return function(parameters)
        except StillStarting as error:
            raise Refused(Code.STARTING, retry_after_ms=200) from error

    def _hello(self, _parameters: Mapping[str, object]) -> Result:
        return {"protocol": PROTOCOLS[-1], "supported": list(PROTOCOLS), "client": VERSION}

    def _status(self, _parameters: Mapping[str, object]) -> Result:
        state = self._state()
        account = state.account if state.status is SessionStatus.SIGNED_IN else None
        return {
            "state": state_in_words(state),
            "name": account.name if account else "",
            "email": account.email if account else "",
            "organisation": account.organisation if account else "",
            "client": VERSION,
        }

    def _answer_entitlement(self, parameters: Mapping[str, object]) -> Result:
        product = _name(parameters, "product")
        if not product:
            raise Refused(Code.WRONG_PARAMETERS)
        answer = self._entitlement(product, _name(parameters, "version"))
        return entitlement_in_words(answer, self._state().account)

    def _sign_in(self, _parameters: Mapping[str, object]) -> Result:
        self._open_sign_in()
        return {"opened": True}


def state_in_words(state: SessionState) -> str:
    """The `state` of docs/broker.md: starting, locked, signed-out, signed-in, ended."""
    if state.status is not SessionStatus.UNKNOWN:
        return state.status.value
    return "starting" if state.problem is None else "locked"


def entitlement_in_words(answer: Entitlement, account: Account | None) -> Result:
    """The result of `entitlement`: yes with its end, or no with the reason and whom to ask."""
    result: dict[str, object] = {"product": answer.product_id, "entitled": answer.entitled}
    if answer.until is not None:
        result["until"] = answer.until.isoformat(timespec="seconds")
    if answer.confirmed_at is not None:
        result["confirmed_at"] = answer.confirmed_at.isoformat(timespec="seconds")
    if answer.token:
        result["token"] = answer.token
    if answer.reason is not None and not answer.entitled:
        text = translate(REFUSAL_TEXTS[answer.reason])
        result["reason"] = answer.reason.value
        result["text"] = f"{text[:1].upper()}{text[1:]}."
        people = account.administrators if account else ()
        result["administrators"] = [{"name": person.name, "email": person.email} for person in people]
    return result


def _name(parameters: Mapping[str, object], key: str) -> str:
    value = parameters.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not value.isprintable():
        raise Refused(Code.WRONG_PARAMETERS)
    return value

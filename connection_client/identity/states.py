# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The states of a session, and what each finding makes of it."""

from dataclasses import replace

from connection_client.domain.accounts import Account, Keeping, SessionState, SessionStatus
from connection_client.domain.errors import ClientError, SessionEnded
from connection_client.domain.key_store_errors import KeyStoreError, KeyStoreLocked
from connection_client.identity.refresh_tokens import RefreshTokens, token_name


def found(account: Account | None, tokens: RefreshTokens, before: SessionState) -> SessionState:
    """The state that the remembered account and the key store speak of; raises nothing."""
    if account is None:
        return signed_out(before.email)
    try:
        token = tokens.get(token_name(account))
    except KeyStoreLocked as error:
        # It may well be there: neither signed in nor out until the store opens.
        return SessionState(SessionStatus.UNKNOWN, account, account.email, problem=error)
    except KeyStoreError as error:
        return replace(signed_out(account.email), keeping=Keeping.MEMORY, problem=error)
    if token is None:
        return ended(account)
    keeping = before.keeping if before.account == account else Keeping.KEY_STORE
    return SessionState(SessionStatus.SIGNED_IN, account, account.email, keeping)


def signed_out(email: str) -> SessionState:
    """Nobody; the address is kept."""
    return SessionState(SessionStatus.SIGNED_OUT, email=email)


def ended(account: Account) -> SessionState:
    """Only a new sign-in helps; address and lists are kept."""
    problem = SessionEnded(email=account.email)
    return SessionState(SessionStatus.ENDED, account, account.email, problem=problem)


def answered(state: SessionState) -> SessionState:
    """The state after a good answer of the network: only a problem of the key store outlives it."""
    kept = state.problem if isinstance(state.problem, KeyStoreError) else None
    return replace(state, offline=False, problem=kept)


def is_news(before: SessionState, now: SessionState) -> bool:
    """Whether listeners have to hear of it; the same trouble met again is another exception, but no news."""
    same = replace(before, problem=None) == replace(now, problem=None)
    return not same or _said(before.problem) != _said(now.problem)


def _said(problem: Exception | None) -> object:
    return (problem.code, problem.facts) if isinstance(problem, ClientError) else problem

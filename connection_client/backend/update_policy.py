# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The organisation's update policy from the Center: `GET /api/v1/policy`, kept for times offline."""

from collections.abc import Callable
from datetime import time
from typing import Annotated, Final

import httpx
import msgspec
from msgspec import Meta, Struct, field

from connection_client.backend.center_api import read
from connection_client.backend.http import ask, host_of
from connection_client.domain.errors import CenterAnswersNonsense, NotSignedIn
from connection_client.domain.language import N_
from connection_client.updates.policy import Rule, UpdatePolicy, Window

_EVERY_PRODUCT: Final = "*"
Days = Annotated[int, Meta(ge=0, le=365)]


class _Window(Struct):
    begins: Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
    ends: Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
    days: tuple[Annotated[int, Meta(ge=0, le=6)], ...] = tuple(range(7))


class _Rule(Struct):
    product: str = _EVERY_PRODUCT
    channels: tuple[str, ...] = ()
    minimum_age_days: Days = 0
    rings: dict[str, Days] = field(default_factory=dict)
    window: _Window | None = None
    deadline_days: Days | None = None
    on_hold: bool = False


class _Policy(Struct):
    rules: tuple[_Rule, ...] = ()


class CenterPolicy:
    """Implements `updates.policy.PolicySource` for the `ring` of this computer; `load`, `keep`: its file."""

    def __init__(
        self,
        client: httpx.Client,
        address: Callable[[], str],
        token: Callable[[], str],
        ring: Callable[[], str],
        load: Callable[[], bytes],
        keep: Callable[[bytes], None],
    ) -> None:
        self._client = client
        self._address = address
        self._token = token
        self._ring = ring
        self._load = load
        self._keep = keep

    def current(self) -> UpdatePolicy:
        """What was kept; without rules where that cannot be read."""
        try:
            said = msgspec.json.decode(self._load(), type=_Policy)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            said = _Policy()
        return UpdatePolicy(tuple(_rule(rule) for rule in said.rules), self._ring())

    def refresh(self) -> None:
        """Ask the Center; raises NetworkError, SignInError or FolderNotWritable, and what was kept holds."""
        url = f"{self._address()}/api/v1/policy"
        answer = ask(self._client, "GET", url, headers={"Authorization": f"Bearer {self._token()}"})
        if answer.status == httpx.codes.UNAUTHORIZED:
            raise NotSignedIn
        if answer.status == httpx.codes.NOT_FOUND:  # a Center that knows no policies
            self._keep(b"{}")
            return
        try:
            read(answer, _Policy)
        except RecursionError as error:
            raise CenterAnswersNonsense(host=host_of(url), reason=N_("parts of it are missing")) from error
        self._keep(answer.body)


def _rule(raw: _Rule) -> Rule:
    return Rule(
        product_id="" if raw.product == _EVERY_PRODUCT else raw.product,
        channels=frozenset(raw.channels),
        minimum_age_days=raw.minimum_age_days,
        ring_days=raw.rings,
        window=_window(raw.window) if raw.window is not None else None,
        deadline_days=raw.deadline_days,
        on_hold=raw.on_hold,
    )


def _window(raw: _Window) -> Window:
    return Window(time.fromisoformat(raw.begins), time.fromisoformat(raw.ends), frozenset(raw.days))

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The organisation's update policy from the Center: `GET /api/v1/policy`, kept signed for times offline."""

import logging
from collections.abc import Callable

import httpx
import msgspec
from msgspec import Struct, field

from connection_client.backend.addresses import host_of
from connection_client.backend.center_api import read
from connection_client.backend.http import ask
from connection_client.backend.signed_policy import read_policy
from connection_client.domain.errors import CenterAnswersNonsense, NotSignedIn, PolicyNotGenuine
from connection_client.domain.language import N_
from connection_client.updates.policy import Decided, UpdatePolicy

_LOG = logging.getLogger(__name__)
_NOTHING = b"{}"  # what is kept of a Center that knows no policies


class _Answer(Struct):
    token: str


class _Kept(Struct):
    """What lies on the disk: the token as it was signed, the keys of then, and the answer's ETag."""

    token: str = ""
    etag: str = ""
    keys: dict[str, object] = field(default_factory=dict)


class CenterPolicy:
    """Implements `updates.policy.PolicySource` for the `ring` of this computer; `load`, `keep`: its file.

    The signature is checked each time the file is read: who can write to it cannot decide for the
    organisation. What is not genuine counts as no rules at all, until the Center is asked again.
    """

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
        """What was kept; without rules where that cannot be read or is not what the Center signed."""
        try:
            decided = self.decided()
        except PolicyNotGenuine as error:
            _LOG.warning("the update policy that was kept is not followed: %s", error.facts.get("reason"))
            decided = None
        return UpdatePolicy(decided.rules if decided is not None else (), self._ring())

    def decided(self) -> Decided | None:
        """What the organisation decided, as it was signed; None for nothing. Raises PolicyNotGenuine."""
        try:
            content = self._load()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise PolicyNotGenuine(reason=error.strerror or "") from error
        try:
            kept = msgspec.json.decode(content, type=_Kept)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise PolicyNotGenuine(reason=N_("it cannot be read")) from error
        if kept.token:
            return read_policy(kept.token, kept.keys, self._address())
        if content != _NOTHING:
            raise PolicyNotGenuine(reason=N_("it is not signed"))
        return None

    def refresh(self) -> None:
        """Ask the Center; raises NetworkError, SignInError or FolderNotWritable, and what was kept holds."""
        url = f"{self._address()}/api/v1/policy"
        kept = self._genuine()
        headers = {"Authorization": f"Bearer {self._token()}"}
        if kept.etag:
            headers["If-None-Match"] = kept.etag
        answer = ask(self._client, "GET", url, headers=headers)
        if answer.status == httpx.codes.NOT_MODIFIED and kept.etag:
            return
        if answer.status == httpx.codes.UNAUTHORIZED:
            raise NotSignedIn
        if answer.status == httpx.codes.NOT_FOUND:  # a Center that knows no policies
            self._keep(_NOTHING)
            return
        try:
            said = read(answer, _Answer)
        except RecursionError as error:
            raise CenterAnswersNonsense(host=host_of(url), reason=N_("parts of it are missing")) from error
        keys = self._keys_of(said.token, kept.keys)
        self._keep(msgspec.json.encode(_Kept(said.token, answer.headers.get("etag", ""), keys)))

    def _genuine(self) -> _Kept:
        """What was kept, if it may be built upon; whoever asks without an ETag gets all of it anew."""
        try:
            genuine = self.decided() is not None
            return msgspec.json.decode(self._load(), type=_Kept) if genuine else _Kept()
        except (PolicyNotGenuine, OSError, msgspec.DecodeError):
            return _Kept()

    def _keys_of(self, token: str, known: dict[str, object]) -> dict[str, object]:
        """The keys that check `token`: those that are here, else the Center's newest."""
        base = self._address()
        try:
            read_policy(token, known, base)
        except PolicyNotGenuine:
            newest = self._newest_keys(base)
        else:
            return known
        try:
            read_policy(token, newest, base)
        except PolicyNotGenuine as error:
            reason = str(error.facts.get("reason", ""))
            raise CenterAnswersNonsense(host=host_of(base), reason=reason) from error
        return newest

    def _newest_keys(self, base: str) -> dict[str, object]:
        return read(ask(self._client, "GET", f"{base}/api/v1/entitlements/jwks.json"), dict[str, object])

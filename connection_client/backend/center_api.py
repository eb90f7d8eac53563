# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the Center knows of people, over its HTTP API; what it sends is parsed here and trusted inside."""

import platform
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote, urlsplit

import httpx
import msgspec

from connection_client.backend.addresses import origin_of
from connection_client.backend.http import Answer, ask
from connection_client.backend.provider_metadata import is_secure
from connection_client.domain.accounts import Account, Device, Membership, Person, Realm
from connection_client.domain.errors import (
    AddressNotReadable,
    CenterAnswersNonsense,
    CenterUnreachable,
    NotSignedIn,
)
from connection_client.domain.language import N_
from connection_client.domain.setting import SettingsReader
from connection_client.domain.settings import CENTER_URL
from connection_client.domain.settings_errors import NoCenterConfigured
from connection_client.version import VERSION

T = TypeVar("T")

LINKS = ("register", "forum", "service_request", "downloads", "connected")


class _Discovery(msgspec.Struct):
    issuer: str
    federated: bool = False
    password_reset: bool = True
    organisation: str = ""


class _Person(msgspec.Struct):
    name: str
    email: str


class _Device(msgspec.Struct):
    id: str
    used_at: datetime
    name: str = ""
    current: bool = False


class _Devices(msgspec.Struct):
    devices: tuple[_Device, ...] = ()


class _Me(msgspec.Struct):
    email: str
    name: str = ""
    membership: str = "none"
    organisation: str | None = ""
    country: str | None = ""
    roles: tuple[str, ...] = ()
    administrators: tuple[_Person, ...] = ()


class CenterApi:
    """Implements the port Accounts, and tells where help is found. Safe for several threads."""

    def __init__(self, client: httpx.Client, settings: SettingsReader) -> None:
        self._client, self._settings = client, settings

    @property
    def address(self) -> str:
        """The Center's own address; raises NoCenterConfigured."""
        address = self._settings.get(CENTER_URL)
        if not address:
            raise NoCenterConfigured
        return address

    def discover(self, email: str) -> Realm:
        """Which provider serves the address; raises AddressNotReadable, NetworkError, NoCenterConfigured."""
        answer = ask(self._client, "POST", f"{self.address}/api/v1/discovery", json={"email": email})
        if answer.status in (httpx.codes.BAD_REQUEST, httpx.codes.UNPROCESSABLE_ENTITY):
            raise AddressNotReadable
        said = read(answer, _Discovery)
        if not is_secure(said.issuer):
            raise CenterAnswersNonsense(
                host=answer.host, reason=N_("the provider's address is not protected")
            )
        return Realm(
            email, said.issuer, said.federated, said.password_reset and not said.federated, said.organisation
        )

    def me(self, access_token: str, known: Account) -> Account:
        """The account as the Center sees it: `known` itself where nothing changed since.

        Raises NotSignedIn where the token is refused, NetworkError.
        """
        headers = {**_bearer(access_token), "Device-Name": quote(platform.node())}
        if etag := _etag_of(known.revision):
            headers["If-None-Match"] = etag
        answer = ask(self._client, "GET", f"{self.address}/api/v1/me", headers=headers)
        if answer.status == httpx.codes.UNAUTHORIZED:
            raise NotSignedIn
        if answer.status == httpx.codes.NOT_MODIFIED and etag:
            return known
        said = read(answer, _Me)
        return Account(
            issuer=known.issuer,
            subject=known.subject,
            email=said.email,
            name=said.name,
            membership=_membership(said.membership),
            organisation=said.organisation or "",
            country=said.country or "",
            roles=said.roles,
            administrators=tuple(Person(person.name, person.email) for person in said.administrators),
            revision=_revision(answer.headers.get("etag", "")),
        )

    def devices(self, access_token: str) -> tuple[Device, ...]:
        """Where the account is signed in; raises NotSignedIn where the token is refused, NetworkError."""
        answer = ask(self._client, "GET", f"{self.address}/api/v1/devices", headers=_bearer(access_token))
        if answer.status == httpx.codes.UNAUTHORIZED:
            raise NotSignedIn
        if answer.status == httpx.codes.NOT_FOUND:
            return ()  # a Center that keeps no such list
        said = read(answer, _Devices).devices
        return tuple(Device(one.id, one.name, one.used_at, one.current) for one in said)

    def sign_out_device(self, access_token: str, device: Device) -> None:
        """End a sign-in; raises NotSignedIn where the token is refused, NetworkError."""
        address = f"{self.address}/api/v1/devices/{quote(device.id, safe='')}"
        answer = ask(self._client, "DELETE", address, headers=_bearer(access_token))
        if answer.status == httpx.codes.UNAUTHORIZED:
            raise NotSignedIn
        if answer.status not in (httpx.codes.NO_CONTENT, httpx.codes.NOT_FOUND):
            raise CenterAnswersNonsense(host=answer.host, reason=f"HTTP {answer.status}")

    def links(self) -> dict[str, str]:
        """The addresses of help, by the names in LINKS, all of them web pages; raises NetworkError."""
        answer = ask(self._client, "GET", f"{self.address}/api/v1/links")
        said = read(answer, dict[str, str])
        if not all(urlsplit(said.get(name, "")).scheme in ("http", "https") for name in LINKS):
            raise CenterAnswersNonsense(host=answer.host, reason=N_("an address that cannot be read"))
        return {name: said[name] for name in LINKS}

    def owns(self, address: str) -> bool:
        """Whether an address is the Center's own, so that the person's token may be sent to it."""
        return origin_of(address) == origin_of(self.address)


def _bearer(access_token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access_token}"}


def _revision(etag: str) -> str:
    """Another version of the client may read more of the same answer, so it asks for all of it anew."""
    return f"{VERSION} {etag}" if etag else ""


def _etag_of(revision: str) -> str:
    version, _, etag = revision.partition(" ")
    return etag if version == VERSION else ""


def read(answer: Answer, kind: type[T]) -> T:
    """A good answer as a value; raises CenterUnreachable, CenterAnswersNonsense."""
    if answer.status == httpx.codes.TOO_MANY_REQUESTS:
        raise CenterUnreachable(host=answer.host, reason=N_("it is asked too often"))
    if answer.status != httpx.codes.OK:
        raise CenterAnswersNonsense(host=answer.host, reason=f"HTTP {answer.status}")
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CenterAnswersNonsense(host=answer.host, reason=N_("parts of it are missing")) from error


def _membership(said: str) -> Membership:
    try:
        return Membership(said)
    except ValueError:
        return Membership.NONE

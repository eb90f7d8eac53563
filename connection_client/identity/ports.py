# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What identity needs of the world; adapters in backend, storage and system implement it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from connection_client.domain.accounts import Account, Device, Realm
from connection_client.identity.tokens import AuthorizationRequest, DeviceRequest, Grant, Tokens


class Provider(Protocol):
    """An OpenID provider, named by its issuer. Every call may raise NetworkError."""

    def prepare(self, realm: Realm, redirect_uri: str, state: str) -> AuthorizationRequest:
        """A sign-in in the browser that comes back to `redirect_uri` with `state`."""
        ...

    def redeem(self, request: AuthorizationRequest, query: str) -> Grant:
        """Exchange what the browser brought back; raises SignInRefused, TokenRefused, ClockWrong."""
        ...

    def renew(self, issuer: str, refresh_token: str) -> Tokens:
        """New tokens; raises SessionEnded where the provider says that this token is no longer good."""
        ...

    def revoke(self, issuer: str, refresh_token: str) -> None:
        """Make the token worthless; a token that is so already is fine."""
        ...

    def end_session_address(self, issuer: str, email: str) -> str:
        """The page that ends the provider's own session; "" where it has none."""
        ...

    def prepare_device(self, realm: Realm) -> DeviceRequest:
        """A sign-in on another device; raises SignInRefused where the provider offers none."""
        ...

    def poll_device(self, request: DeviceRequest) -> Grant | float:
        """The grant, or by how many seconds to ask more slowly; raises SignInRefused, SignInTimedOut."""
        ...


class Accounts(Protocol):
    """What the Center knows of people. Every call may raise NetworkError."""

    def discover(self, email: str) -> Realm:
        """Which provider serves the address."""
        ...

    def me(self, access_token: str, known: Account) -> Account:
        """The account with its organisation and roles, `known` itself where nothing changed since.

        Raises NotSignedIn where the token is refused.
        """
        ...


class DeviceDirectory(Protocol):
    """The Center's list of sign-ins. Every call may raise NetworkError, NotSignedIn."""

    def devices(self, access_token: str) -> tuple[Device, ...]:
        """Where the account is signed in; nothing from a Center that keeps no such list."""
        ...

    def sign_out_device(self, access_token: str, device: Device) -> None:
        """End that sign-in; one that has ended already is fine."""
        ...


class SecretStore(Protocol):
    """The operating system's key store. Every call may raise KeyStoreLocked or KeyStoreMissing."""

    def get(self, name: str) -> str | None:
        """The secret, None where there is none."""
        ...

    def set(self, name: str, secret: str) -> None:
        """Keep the secret."""
        ...

    def delete(self, name: str) -> None:
        """Forget the secret; one that is not there is fine."""
        ...


@dataclass(frozen=True)
class Revocation:
    """A token that waits to be revoked: only where it is found, never the token."""

    issuer: str
    name: str


@dataclass(frozen=True)
class Remembered:
    """What is on disk about the session; no secret is in it."""

    account: Account | None = None
    revocations: tuple[Revocation, ...] = ()
    others: tuple[Account, ...] = ()


class AccountCache(Protocol):
    """The remembered account, so that the next start needs no network."""

    def load(self) -> Remembered:
        """What is remembered; nothing where there is no file or an unreadable one."""
        ...

    def change(self, alter: Callable[[Remembered], Remembered]) -> None:
        """Replace what is remembered in one step for all processes; raises FolderNotWritable, SessionBusy."""
        ...


class SessionLock(Protocol):
    """One lock for all processes of this person, so that a refresh token is used only once."""

    def __call__(self) -> AbstractContextManager[None]:
        """Hold it; raises SessionBusy where another process keeps it too long."""
        ...


class Browser(Protocol):
    """The person's own browser."""

    def __call__(self, address: str) -> bool:
        """Open the address; whether a browser could be started."""
        ...

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Who is signed in: the account, its organisation and what it may do."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

DOWNLOAD_ROLE = "Product Delivery - Download"


class Membership(StrEnum):
    """How the account stands to an organisation; waiting and none are states, not errors."""

    ACTIVE = "active"
    WAITING = "waiting"
    NONE = "none"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class Person:
    """Somebody who can be written to."""

    name: str
    email: str


@dataclass(frozen=True)
class Account:
    """A signed-in person, keyed by `issuer` and `subject`, which never change; the address may.

    `revision` names the Center's answer that this was read from; it says nothing about the person.
    """

    issuer: str
    subject: str
    email: str
    name: str
    membership: Membership = Membership.NONE
    organisation: str = ""
    country: str = ""
    roles: tuple[str, ...] = ()
    administrators: tuple[Person, ...] = field(default=())
    revision: str = field(default="", compare=False, repr=False)

    @property
    def may_download(self) -> bool:
        """Whether the role for downloads was granted."""
        return self.membership is Membership.ACTIVE and DOWNLOAD_ROLE in self.roles


@dataclass(frozen=True)
class Device:
    """One place where the account is signed in; `used_at` is aware, `name` "" where it told none."""

    id: str
    name: str
    used_at: datetime
    current: bool


class SessionStatus(StrEnum):
    """Whether somebody is signed in; ended means that only a new sign-in helps."""

    UNKNOWN = "unknown"
    SIGNED_OUT = "signed-out"
    SIGNED_IN = "signed-in"
    ENDED = "ended"


class Keeping(StrEnum):
    """Where the session is kept: beyond this process or not."""

    KEY_STORE = "key-store"
    MEMORY = "memory"


@dataclass(frozen=True)
class SessionState:
    """What the doors show of the session."""

    status: SessionStatus = SessionStatus.UNKNOWN
    account: Account | None = None
    email: str = ""
    keeping: Keeping = Keeping.KEY_STORE
    offline: bool = False
    problem: Exception | None = None


@dataclass(frozen=True)
class Realm:
    """Which identity provider serves an address, and whether its password can be reset here."""

    email: str
    issuer: str
    federated: bool
    can_reset_password: bool
    organisation: str = ""


def normalised_address(typed: str) -> str:
    """The address as it is compared: trimmed and case-folded; it is shown as typed."""
    return typed.strip().casefold()


def completed_address(typed: str, domain: str) -> str:
    """With the organisation's domain where a person typed only what stands before it."""
    name = typed.strip().removesuffix("@")
    return f"{name}@{domain}" if name and domain and "@" not in name else typed


def looks_like_address(typed: str) -> bool:
    """Whether this could be an address at all; whether it exists is the Center's business."""
    local, _, domain = typed.strip().rpartition("@")
    return bool(local) and "." in domain.strip(".") and not any(c.isspace() for c in local + domain)

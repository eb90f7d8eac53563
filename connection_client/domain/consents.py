# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person agreed to: that a program gets tokens of theirs, made out to one application's service."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Question:
    """Waits for the person: may `program` (process `process`) get tokens for the application `name`?"""

    audience: str
    name: str
    program: str
    process: int


@dataclass(frozen=True)
class Consent:
    """A yes of the account `issuer`, `subject`; it holds until it is withdrawn."""

    issuer: str
    subject: str
    audience: str
    name: str
    program: str
    agreed_at: datetime


@dataclass(frozen=True)
class ApplicationToken:
    """A token (JWT) for one application's service, good for `seconds`."""

    value: str
    seconds: int

    def __repr__(self) -> str:
        return f"ApplicationToken(seconds={self.seconds})"


@dataclass(frozen=True)
class Caller:
    """A program that has asked this client, and what it asked last; moments are aware."""

    program: str
    process: int
    method: str
    calls: int
    last_at: datetime

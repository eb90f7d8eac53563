# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a look at one part of this computer found: well or not, in words, and how to mend it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from connection_client.domain.errors import ClientError
from connection_client.domain.language import N_
from connection_client.domain.texts import explain

Say = Callable[[str], str]


class Verdict(StrEnum):
    """How a check came out; a warning works, but not as well as it could."""

    PASS = "pass"  # noqa: S105  # no password
    WARNING = "warning"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """`found` and `mend` are message ids whose braces `facts` fill; `mend` is empty where all is well."""

    verdict: Verdict
    found: str
    mend: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def said(self, translate: Say) -> str:
        """What was found, in the language of `translate`."""
        return self._filled(self.found, translate)

    def advice(self, translate: Say) -> str:
        """How to mend it, or an empty text."""
        return self._filled(self.mend, translate)

    def _filled(self, text: str, translate: Say) -> str:
        if not text:
            return ""
        words = {name: _word(value, translate) for name, value in self.facts.items()}
        return translate(text).format(**words)


def passed(found: str, **facts: object) -> Finding:
    """All is well."""
    return Finding(Verdict.PASS, found, "", facts)


def warned(found: str, mend: str = "", **facts: object) -> Finding:
    """It works, with something to know."""
    return Finding(Verdict.WARNING, found, mend, facts)


def failed(found: str, mend: str, **facts: object) -> Finding:
    """It does not work."""
    return Finding(Verdict.FAIL, found, mend, facts)


def of_error(error: BaseException, verdict: Verdict = Verdict.FAIL) -> Finding:
    """An error as its own text, which already says what to do next."""
    return Finding(verdict, "{error}", "", {"error": error})


def _word(value: object, translate: Say) -> str:
    if isinstance(value, BaseException):
        return explain(value, translate)
    return translate(value) if isinstance(value, str) and value else str(value)


@dataclass(frozen=True)
class Check:
    """One question; `look` may take its time and raises nothing but ClientError."""

    name: str
    title: str
    look: Callable[[], Finding]


@dataclass(frozen=True)
class Examined:
    """A check and what it found."""

    name: str
    title: str
    finding: Finding


UNFORESEEN = N_("This could not be looked at ({reason}).")
TOO_SLOW = N_("No answer within {seconds} seconds.")
TOO_SLOW_MEND = N_("Look again when the computer is less busy. If it stays so, send a service request.")


def of_anything(error: Exception) -> Finding:
    """What a check met: one of our errors as its text, any other by its name."""
    if isinstance(error, ClientError):
        return of_error(error)
    return failed(UNFORESEEN, TOO_SLOW_MEND, reason=type(error).__name__)

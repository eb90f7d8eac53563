# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Takes out of a text what nobody else has to know: secrets, the person's name, and the home folder."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

REMOVED = "[removed]"
PERSON = "[name]"
_SHORTEST_SECRET = 4
_NOBODY = frozenset({"root", "user", "admin", "system", "connection", "client"})  # names that tell nobody

_USER_AT_HOST = re.compile(r"(?<=://)[^\s/@\"'<>]+@")
_SCHEMES = re.compile(r"\b(Bearer|Basic|Digest|Negotiate|NTLM)\s+[\w+/=.~-]{6,}", re.IGNORECASE)
_NAMED = re.compile(
    r"""(?ix) ( \b(?:[\w-]*(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|credential)s?
                  |(?:proxy-)?authorization|(?:set-)?cookie|code_verifier|nonce|session_?id)
              ["']? \s*[:=]\s* )
        (?: "[^"\n]*" | '[^'\n]*' | [^\s&,;}\]]+ )"""
)
_IN_AN_ADDRESS = re.compile(r"([?&](?:code|state|id_token_hint|login_hint|user_code)=)[^\s&#\"']+")
_SIGNED = re.compile(r"\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)*")
_RANDOM = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{28,}(?![\w-])")
_MAIL = re.compile(r"[\w.!#$&'*+/=?^`{|}~%-]+(@|%40)(?=[\w-]+(?:\.[\w-]+)+)")


@dataclass(frozen=True)
class Private:
    """What is known to be private: `secrets` whole, `people` as words, `homes` as the start of paths."""

    secrets: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()


def redactor(private: Private) -> Callable[[str], str]:
    """A function that gives a text without what is private.

    What is known is taken out whatever is around it; what is not known is taken out where its place or its
    shape tells: after `password=`, before the `@` of an address, in a signed token, in a long random word.
    """
    known = _any_of(form for secret in private.secrets for form in _forms(secret))
    homes = _any_of(form for home in private.homes if len(home) > 1 for form in (home, quote(home)))
    people = _words(private.people)

    def redact(text: str) -> str:
        text = known.sub(REMOVED, text) if known else text
        text = _USER_AT_HOST.sub(f"{REMOVED}@", text)
        text = _SCHEMES.sub(rf"\1 {REMOVED}", text)
        text = _NAMED.sub(rf"\1{REMOVED}", text)
        text = _IN_AN_ADDRESS.sub(rf"\1{REMOVED}", text)
        text = _SIGNED.sub(REMOVED, text)
        text = homes.sub("~", text) if homes else text
        text = _RANDOM.sub(REMOVED, text)
        text = _MAIL.sub(rf"{PERSON}\1", text)
        return people.sub(PERSON, text) if people else text

    return redact


def _forms(secret: str) -> tuple[str, ...]:
    if len(secret) < _SHORTEST_SECRET:
        return ()
    return (secret, quote(secret, safe=""), quote_plus(secret))


def _any_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    """The longest first, so that none is found as a part of another."""
    wanted = sorted({text for text in texts if text}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, wanted))) if wanted else None


def _words(names: Iterable[str]) -> re.Pattern[str] | None:
    wanted = {
        name.strip() for name in names if len(name.strip()) > 1 and name.strip().casefold() not in _NOBODY
    }
    if not wanted:
        return None
    either = "|".join(map(re.escape, sorted(wanted, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])", re.IGNORECASE)

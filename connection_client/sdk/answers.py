# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client's answers as values; unknown members of an answer are ignored, so newer clients may say more."""

from collections.abc import Mapping

from .values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime


class Person(NamedTuple):
    """Somebody who can help."""

    name: str
    email: str


class Status(NamedTuple):
    """Who is signed in: `state` is starting, signed-out, signed-in or ended."""

    state: str
    name: str
    email: str
    organisation: str
    client: str


class Entitlement(NamedTuple):
    """Whether the person may use `product`, until when (aware), and if not, why and who helps.

    `reason` is a code of docs/broker.md, `text` says the same to people, or until when it is good; from half
    of that time on `warning` is half-time, three-days or one-day. `level` is the highest level of features
    that is included, None for all. `token` is the Center's signed answer (JWT, EdDSA) for those who want to
    check it themselves.
    """

    product: str
    entitled: bool
    reason: str
    text: str
    until: "datetime | None"
    administrators: tuple[Person, ...]
    token: str
    level: int | None = None
    warning: str = ""


def read_status(answer: Mapping[str, object]) -> Status:
    """The answer to `status`."""
    return Status(*(_text(answer, name) for name in Status._fields))


def read_entitlement(answer: Mapping[str, object]) -> Entitlement:
    """The answer to `entitlement`; anything but a clear yes is a no."""
    from datetime import datetime  # not before there is an answer

    until = _text(answer, "until")
    people, level = answer.get("administrators"), answer.get("level")
    return Entitlement(
        product=_text(answer, "product"),
        entitled=answer.get("entitled") is True,
        reason=_text(answer, "reason"),
        text=_text(answer, "text"),
        until=datetime.fromisoformat(until) if until else None,
        administrators=tuple(
            Person(_text(person, "name"), _text(person, "email"))
            for person in (people if isinstance(people, list) else [])
            if isinstance(person, dict)
        ),
        token=_text(answer, "token"),
        level=level if isinstance(level, int) else None,
        warning=_text(answer, "warning"),
    )


def _text(answer: Mapping[str, object], name: str) -> str:
    value = answer.get(name)
    return value if isinstance(value, str) else ""

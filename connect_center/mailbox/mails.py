# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Reads the stored mails back."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

_NAME = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True)
class Mail:
    """One stored mail; `number` names it in addresses, `at` is aware (UTC)."""

    number: str
    to: str
    subject: str
    at: datetime
    text: str


def newest(folder: Path, most: int = 200) -> list[Mail]:
    """The newest mails first."""
    names = sorted((path.stem for path in folder.glob("*.eml")), key=int, reverse=True)
    found = [read(folder, name) for name in names[:most]]
    return [mail for mail in found if mail is not None]


def read(folder: Path, number: str) -> Mail | None:
    """The mail of this number, or None."""
    if not _NAME.fullmatch(number):
        return None
    try:
        content = (folder / f"{number}.eml").read_bytes()
    except FileNotFoundError:
        return None
    message = BytesParser(policy=policy.default).parsebytes(content)
    return Mail(
        number=number,
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        at=datetime.fromtimestamp(int(number) / 1e9, UTC),
        text=_text(message),
    )


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    return str(part.get_content()) if part is not None else ""

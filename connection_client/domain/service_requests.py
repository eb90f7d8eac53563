# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a person asks the support, and what came of it."""

from dataclasses import dataclass

LONGEST_SUBJECT, LONGEST_TEXT = 150, 10_000  # characters that the Center keeps


@dataclass(frozen=True)
class ServiceRequest:
    """`product` is an id, `bundle` a ZIP file to send along, empty for none."""

    subject: str
    text: str
    product: str = ""
    version: str = ""
    bundle: bytes = b""


@dataclass(frozen=True)
class Filed:
    """The request was kept under `number`; `problem` kept its bundle from going along."""

    number: int
    url: str
    problem: Exception | None = None

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What is published, and the keys that sign it."""

from pathlib import Path

from connect_center.publisher.publishing import CATALOGUE, Publisher


def key(publisher_state: Path, role: str) -> bytes:
    return (publisher_state / "keys" / "tuf" / f"{role}.pem").read_bytes()


def publish_another(publisher: Publisher, text: bytes) -> None:
    publisher.repository.publish({CATALOGUE: text})

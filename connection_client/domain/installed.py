# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What was found on this computer, with the evidence for it."""

from dataclasses import dataclass
from pathlib import Path

from connection_client.domain.versions import Version

OWN_PRODUCT = "connection-client"
"""This client's own id in the catalogue: it needs no licence, and it is open already."""


@dataclass(frozen=True)
class Evidence:
    """Why the client believes that something is installed: which source said what."""

    source: str
    where: str
    version_text: str = ""


@dataclass(frozen=True)
class LaunchTarget:
    """How an installed application is started: an argument list, and its desktop entry where it has one."""

    command: tuple[str, ...]
    desktop_entry: Path | None = None
    working_folder: Path | None = None


@dataclass(frozen=True)
class InstalledProduct:
    """A product found on this computer; `version` is None where its text is not comparable.

    `parts` are names of programs beside the one that is started, which hold files of the product while they
    run; the publisher says so.
    """

    product_id: str
    version: Version | None
    version_text: str
    evidence: tuple[Evidence, ...]
    launch: LaunchTarget | None = None
    parts: tuple[str, ...] = ()

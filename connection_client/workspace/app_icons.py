# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Where an application's own icon comes from: what is installed carries it, the publisher signs others."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from connection_client.domain.installed import LaunchTarget
from connection_client.workspace.view import Row


@dataclass(frozen=True)
class AppIcon:
    """A file of this computer (a picture, or a program that carries one), or the bytes of a picture."""

    file: Path | None = None
    content: bytes = b""


AppIconFinder = Callable[[Row], AppIcon | None]
"""Not for the thread of the windows; raises CatalogueError or NetworkError where it should be asked again."""


def no_icon(_row: Row) -> AppIcon | None:
    """Where nothing has icons."""
    return None


def finder(
    of_program: Callable[[LaunchTarget], Path | None], published: Callable[[str], bytes]
) -> AppIconFinder:
    """`of_program` is what this system shows for a program; `published` gives signed bytes, or none."""

    def find(row: Row) -> AppIcon | None:
        launch = row.installed.launch if row.installed is not None else None
        file = of_program(launch) if launch is not None else None
        if file is not None:
            return AppIcon(file)
        content = published(row.product_id)
        return AppIcon(content=content) if content else None

    return find

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Removes what no client can ask for any longer.

Kept are every root, since clients that were away for years walk from one to the next; what is in force; and
what was superseded only lately, since clients may be in the middle of reading it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Targets

from connect_center.publisher.in_force import InForce
from connect_center.publisher.metadata_files import damaged

_VERSIONED = re.compile(r"(?P<version>[1-9][0-9]*)\.(?P<role>[a-z][a-z0-9-]*)\.json")


def prune(metadata: Path, targets: Path, in_force: InForce, before: datetime) -> tuple[str, ...]:
    """Remove files that were superseded before that moment; returns their names."""
    current = {"snapshot": in_force.snapshot().version}
    current |= {name.removesuffix(".json"): meta.version for name, meta in in_force.snapshot().meta.items()}
    old = [path for path in _superseded(metadata, current) if _is_older(_follower(path), before)]
    held = set(_held_targets(metadata, in_force, leaving_out=old))
    unheld = [
        path for path in targets.rglob("*") if path.is_file() and path not in held and _is_older(path, before)
    ]
    for path in (*unheld, *old):
        path.unlink()
    return tuple(sorted(path.name for path in (*old, *unheld)))


def _superseded(metadata: Path, current: dict[str, int]) -> Iterator[Path]:
    for path in metadata.iterdir():
        found = _VERSIONED.fullmatch(path.name)
        if found and found["role"] != "root" and int(found["version"]) < current.get(found["role"], 0):
            yield path


def _follower(path: Path) -> Path:
    """The version that took the place of this one; where that is gone already, this one."""
    version, _, rest = path.name.partition(".")
    following = path.with_name(f"{int(version) + 1}.{rest}")
    return following if following.is_file() else path


def _held_targets(metadata: Path, in_force: InForce, leaving_out: Sequence[Path]) -> Iterator[Path]:
    """The files of all targets that some other metadata still names. Raises RepositoryDamaged."""
    for path in set(metadata.iterdir()).difference(leaving_out):
        found = _VERSIONED.fullmatch(path.name)
        if found and found["role"] not in ("root", "snapshot"):
            try:
                signed = Metadata[Targets].from_file(str(path)).signed
            except RepositoryError as error:
                raise damaged(path.name, error) from error
            for name, info in signed.targets.items():
                yield in_force.target_path(name, info.hashes["sha256"])


def _is_older(path: Path, moment: datetime) -> bool:
    return path.stat().st_mtime < moment.timestamp()

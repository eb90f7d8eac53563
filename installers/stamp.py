# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Whether something built is still what its inputs would give: a hash of the inputs beside the result."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_NEVER_SHIPPED = {"__pycache__"}


def source_files(folder: Path) -> list[Path]:
    """Every file below `folder` that belongs to the source, sorted by path."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not _NEVER_SHIPPED.intersection(path.parts) and path.suffix != ".pyc"
    )


def fingerprint(root: Path, inputs: Iterable[Path], *facts: str) -> str:
    """One hash over names and contents of `inputs` (files or folders below `root`) and over `facts`."""
    digest = hashlib.sha256()
    for start in inputs:
        for path in source_files(start) if start.is_dir() else [start]:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(root)}\0{content}\n".encode())
    for fact in facts:
        digest.update(f"{fact}\n".encode())
    return digest.hexdigest()


def is_current(built: Path, stamp: str) -> bool:
    """Whether `built` exists and was made from the inputs of that fingerprint."""
    beside = _stamp_file(built)
    return built.exists() and beside.exists() and beside.read_text("utf-8") == stamp


def keep(built: Path, stamp: str) -> None:
    """Note that `built` was made from the inputs of that fingerprint."""
    beside = _stamp_file(built)
    beside.parent.mkdir(exist_ok=True)
    beside.write_text(stamp, "utf-8")


def _stamp_file(built: Path) -> Path:
    return built.parent / ".stamps" / built.name

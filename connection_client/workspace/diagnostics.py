# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The diagnostics bundle: what helps the support, made readable first, so that the person sees all of it."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from connection_client.domain.redaction import Private, redactor
from connection_client.workspace.doctor import Doctor, as_text

LARGEST_PART = 1_000_000  # characters; of a longer one the end counts
_MADE = (2000, 1, 1, 0, 0, 0)  # the same texts give the same file


@dataclass(frozen=True)
class Part:
    """One text file of the bundle, as it goes out."""

    name: str
    text: str


def _nowhere(_path: Path, _content: bytes) -> None:
    """Nothing is written."""


@dataclass(frozen=True)
class Diagnostics:
    """`sources` give the texts by file name; `write` keeps a new file and raises FolderNotWritable."""

    doctor: Doctor = field(default_factory=Doctor)
    sources: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    private: Callable[[], Private] = Private
    write: Callable[[Path, bytes], None] = _nowhere

    def collect(self) -> tuple[Part, ...]:
        """Every part, with nothing private in it; takes as long as the doctor does."""
        found = self.doctor.examine()
        texts = {"doctor.txt": as_text(found, str)}
        for name, source in self.sources.items():
            try:
                texts[name] = source()
            except Exception as error:  # noqa: BLE001  # a part that cannot be had is told, and the rest counts
                texts[name] = f"This part could not be made: {type(error).__name__}"
        redact = redactor(self.private())
        return tuple(Part(name, _private(text, redact)) for name, text in texts.items())

    def save(self, path: Path, parts: Sequence[Part]) -> None:
        """Write these parts into a new file; raises FolderNotWritable, also where there is one already."""
        self.write(path, packed(parts))


def packed(parts: Sequence[Part]) -> bytes:
    """The ZIP file of these parts, and of nothing else."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(zipfile.ZipInfo(part.name, _MADE), part.text, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def shown(parts: Sequence[Part]) -> str:
    """All parts as one text to read, exactly as they go out."""
    return "\n".join(f"──── {part.name} ────\n{part.text}\n" for part in parts)


def _private(text: str, redact: Callable[[str], str]) -> str:
    whole = redact(text)  # before it is cut, or a secret could lose the beginning by which it is known
    if len(whole) <= LARGEST_PART:
        return whole
    return whole[-LARGEST_PART:].partition("\n")[2]

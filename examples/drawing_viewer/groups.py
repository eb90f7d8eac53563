# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The lowest layer of DXF: pairs of a group code and a value, a line each (AutoCAD R12 DXF reference)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from examples.common.files import FileNotReadable, read_bytes, read_text

_BINARY_SENTINEL = b"AutoCAD Binary DXF"


@dataclass(frozen=True)
class Entity:
    """One record: its kind (`LINE`, `LAYER` …) and its groups in order."""

    kind: str
    groups: tuple[tuple[int, str], ...]

    def text(self, code: int, default: str = "") -> str:
        """The first value of that code."""
        return next((value for own, value in self.groups if own == code), default)

    def number(self, code: int, default: float = 0.0) -> float:
        """The first value of that code as a number; raises ValueError."""
        value = self.text(code)
        return float(value) if value else default

    def numbers(self, code: int) -> list[float]:
        """All values of that code as numbers; raises ValueError."""
        return [float(value) for own, value in self.groups if own == code]


def read_entities(path: Path) -> Iterator[tuple[str, Entity]]:
    """Every record with the section it stands in; raises FileNotReadable."""
    if read_bytes(path).startswith(_BINARY_SENTINEL):
        raise FileNotReadable(f"{path.name} is a binary DXF file. Save it as text (ASCII) and open that.")
    lines = read_text(path).splitlines()
    section = ""
    for kind, groups in _records(path.name, lines):
        entity = Entity(kind, tuple(groups))
        if kind == "SECTION":
            section = entity.text(2)
        elif kind == "ENDSEC":
            section = ""
        else:
            yield section, entity


def _records(name: str, lines: list[str]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    kind, groups = "", list[tuple[int, str]]()
    for place in range(0, len(lines) - 1, 2):
        try:
            code = int(lines[place])
        except ValueError:
            raise FileNotReadable(f"{name} is not a DXF file: line {place + 1} is no group code.") from None
        value = lines[place + 1].strip()
        if code != 0:
            groups.append((code, value))
            continue
        if kind:
            yield kind, groups
        kind, groups = value, []
    if kind != "EOF":
        raise FileNotReadable(f"{name} ends too early; a part of it is missing.")

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a benchmark gives, and how it is printed."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tests.bench._machine import Machine


@dataclass(frozen=True)
class Figure:
    """One measured value beside its floor; `bar` is the most that `value / floor` may be, or None."""

    name: str
    value: float
    floor: float
    unit: str
    floor_is: str
    bar: float | None = None

    @property
    def ratio(self) -> float:
        """The value as a multiple of its floor; infinite where the floor is nothing."""
        return self.value / self.floor if self.floor else math.inf

    @property
    def met(self) -> bool:
        """Whether the bar is kept; true where there is none."""
        return self.bar is None or self.ratio <= self.bar


@dataclass(frozen=True)
class Unmeasured:
    """What could not be measured, and why; `met` is false where it should have been."""

    name: str
    reason: str
    met: bool = True


Row = Figure | Unmeasured


def as_table(rows: Sequence[Row]) -> str:
    """A table for people."""
    lines = [f"{'figure':46} {'value':>11} {'floor':>11} {'ratio':>7} {'bar':>6}  floor is"]
    for row in rows:
        if isinstance(row, Unmeasured):
            lines.append(f"{row.name:46} not measured: {row.reason}")
            continue
        value, floor = _amount(row.value, row.unit), _amount(row.floor, row.unit)
        lines.append(
            f"{row.name:46} {value:>11} {floor:>11} {_number(row.ratio):>7} {_number(row.bar):>6}"
            f"  {row.floor_is}{'' if row.met else '   BAR MISSED'}"
        )
    return "\n".join(lines)


def as_markdown(rows: Sequence[Row], machine: Machine) -> list[str]:
    """The lines of a document: where and when, then the table."""
    lines = [
        str(machine),
        "",
        "| figure | value | floor or bar | ratio | bar |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        if isinstance(row, Unmeasured):
            reason = row.reason.replace("|", r"\|")
            lines.append(f"| {row.name} | not measured: {reason} | | | |")
            continue
        bar = "" if row.bar is None else f"{row.bar:g}" if row.met else f"{row.bar:g}, **missed**"
        ratio = _number(row.ratio).strip("-")
        floor = f"{row.floor_is}, {_amount(row.floor, row.unit)}"
        lines.append(f"| {row.name} | {_amount(row.value, row.unit)} | {floor} | {ratio} | {bar} |")
    return lines


def as_json(rows: Sequence[Row], machine: Machine) -> str:
    """The same for programs; a ratio to nothing is null."""
    told = [{**asdict(row), "met": row.met} for row in rows]
    for row, fields in zip(rows, told, strict=True):
        if isinstance(row, Figure):
            fields["ratio"] = row.ratio if math.isfinite(row.ratio) else None
    return json.dumps({"machine": asdict(machine), "figures": told}, indent=2, allow_nan=False)


def _amount(value: float, unit: str) -> str:
    counted = unit in ("", "B")
    return (f"{value:,.0f} {unit}" if counted else f"{value:,.1f} {unit}").rstrip()


def _number(value: float | None) -> str:
    return "-" if value is None or not math.isfinite(value) else f"{value:.2f}"

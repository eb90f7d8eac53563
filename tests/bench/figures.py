# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a benchmark gives, and how it is printed."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime


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
        """The value as a multiple of its floor."""
        return self.value / self.floor if self.floor else float("inf")

    @property
    def met(self) -> bool:
        """Whether the bar is kept; true where there is none."""
        return self.bar is None or self.ratio <= self.bar


def as_table(figures: Sequence[Figure]) -> str:
    """A table for people."""
    lines = [f"{'figure':34} {'value':>10} {'floor':>10} {'ratio':>7} {'bar':>6}  floor is"]
    for figure in figures:
        bar = f"{figure.bar:.2f}" if figure.bar is not None else "-"
        lines.append(
            f"{figure.name:34} {figure.value:8.1f}{figure.unit:>3} {figure.floor:7.1f}{figure.unit:>3}"
            f" {figure.ratio:7.2f} {bar:>6}  {figure.floor_is}{'' if figure.met else '   BAR MISSED'}"
        )
    return "\n".join(lines)


def as_json(figures: Sequence[Figure]) -> str:
    """The same for programs."""
    rows = [{**asdict(figure), "ratio": figure.ratio, "met": figure.met} for figure in figures]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"at": now, "machine": platform.platform(), "figures": rows}, indent=2)

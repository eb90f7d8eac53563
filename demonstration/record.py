# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What the tour writes: one numbered screenshot for each step and `tour.json`."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

OK = "ok"


@dataclass(frozen=True)
class Step:
    """One step as it went: `outcome` is "ok" or the reason why not."""

    name: str
    outcome: str
    seconds: float
    screenshot: str


@dataclass
class Record:
    """The steps so far; written anew after each, so that a stopped tour has its record too."""

    folder: Path
    photograph: Callable[[Path], Path]
    steps: list[Step] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether every step went well."""
        return bool(self.steps) and all(step.outcome == OK for step in self.steps)

    def walk(self, name: str, step: Callable[[], None]) -> Step:
        """Do a step, photograph the screen as it is then, and write the record."""
        began = time.monotonic()
        try:
            step()
            outcome = OK
        except Exception as error:  # noqa: BLE001  # whatever it is, the record names it
            outcome = f"{type(error).__name__}: {error}"
        seconds = round(time.monotonic() - began, 2)
        picture = self.photograph(self.folder / f"{len(self.steps) + 1:02d}-{name}.png")
        done = Step(name, outcome, seconds, picture.name)
        self.steps.append(done)
        self._write()
        return done

    def _write(self) -> None:
        text = json.dumps({"steps": [asdict(step) for step in self.steps]}, indent=2, ensure_ascii=False)
        (self.folder / "tour.json").write_text(text + "\n", encoding="utf-8")

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run fuzz [NAME...] [--seconds N]`: every parser gets its share of the time; 1 where one failed."""

import argparse
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from types import FrameType

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.fuzz.targets import TARGETS

_EXAMPLES = 250  # before the clock is looked at again
_LONGEST_SECONDS = 10  # for one input; what takes longer hangs


def main() -> int:
    """Run until the time is over; print how many inputs each parser took, and what broke one."""
    parser = argparse.ArgumentParser(prog="./run fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))  # noqa: S311  # no secret
    chosen = parser.parse_args()
    names = chosen.names or list(TARGETS)
    unknown = [name for name in names if name not in TARGETS]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; known are {', '.join(TARGETS)}")
    print(f"seed {chosen.seed}")
    signal.signal(signal.SIGALRM, _give_up)
    failed = [name for name in names if not _fuzz(name, chosen.seconds / len(names), chosen.seed)]
    return 1 if failed else 0


def _fuzz(name: str, seconds: float, first: int) -> bool:
    inputs, check = TARGETS[name]
    deadline = time.monotonic() + seconds
    count, number = 0, first
    while True:
        try:
            count += _campaign(inputs, check, number)
        except Exception:  # noqa: BLE001  # whatever a parser let out is what is looked for
            print(f"{name:16} FAILED with --seed {number}\n{traceback.format_exc()}")
            return False
        number += 1
        if time.monotonic() > deadline:
            print(f"{name:16} {count:9,} inputs")
            return True


def _campaign(inputs: SearchStrategy[object], check: Callable[[object], None], number: int) -> int:
    seen = [0]

    @seed(number)
    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def run(value: object) -> None:
        seen[0] += 1
        signal.alarm(_LONGEST_SECONDS)
        try:
            check(value)
        finally:
            signal.alarm(0)

    run()
    return seen[0]


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"it took more than {_LONGEST_SECONDS} s")


if __name__ == "__main__":
    sys.exit(main())

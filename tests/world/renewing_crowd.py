# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A crowd of processes that renew one session at the same instant, round after round.

Started as a program of its own: `FOLDER CENTER PROCESSES ROUNDS`. It prints one JSON object that counts how
the renewals went, and forks, so that twenty processes cost one start-up.
"""

import json
import multiprocessing
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from connection_client.domain.errors import ClientError
from tests.world.identity import Rooms

PATIENCE = 120.0  # seconds that a round may take


def _renew(folder: str, center: str, rounds: int, together: Any, outcomes: Any) -> None:
    rooms = Rooms(Path(folder), center)
    rooms.session.restore()
    seen: Counter[str] = Counter()
    for _ in range(rounds):
        together.wait(PATIENCE)
        rooms.session.forget_access_token()
        try:
            seen["renewed" if rooms.session.access_token() else "empty"] += 1
        except ClientError as error:
            seen[f"{error.code}: {error.__cause__ or ''!r}"] += 1
    outcomes.put(dict(seen))
    rooms.close()


def main(folder: str, center: str, processes: int, rounds: int) -> None:
    """Run the crowd and say what it saw."""
    ways = multiprocessing.get_context("fork")
    together, outcomes = ways.Barrier(processes), ways.Queue()
    crowd = [
        ways.Process(target=_renew, args=(folder, center, rounds, together, outcomes))
        for _ in range(processes)
    ]
    for member in crowd:
        member.start()
    total: Counter[str] = Counter()
    for _ in crowd:
        total.update(outcomes.get(timeout=PATIENCE + rounds * 10))
    for member in crowd:
        member.join()
    print(json.dumps(total))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

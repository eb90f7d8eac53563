# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Two processes renew at once.

One lock for all, and what lies in the key store is read again under it: each token is used once.

Also shown by tests/identity/test_race.py::test_nobody_is_signed_out_by_twenty_processes and, where the answer
to a renewal is lost, tests/identity/test_renewal.py::test_killed_while_renewing_it_goes_on_or_asks_once.
"""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.conftest import sign_in
from tests.world.identity import Rooms
from tests.world.openid_provider import LyingProvider

ROOT = Path(__file__).parents[2]
PROCESSES, ROUNDS = 2, 8


def test_the_session_survives(
    open_rooms: Callable[..., Rooms], provider: LyingProvider, tmp_path: Path
) -> None:
    sign_in(open_rooms())
    command = [sys.executable, "-m", "tests.world.renewing_process", str(tmp_path / "client")]

    def renew(_number: int) -> int:
        words = [*command, provider.issuer, str(ROUNDS)]
        return subprocess.run(words, cwd=ROOT, check=False, timeout=60, capture_output=True).returncode

    with ThreadPoolExecutor(PROCESSES) as crowd:
        assert list(crowd.map(renew, range(PROCESSES))) == [0] * PROCESSES
    assert provider.living_families == 1
    later = open_rooms()
    later.session.restore()
    assert later.session.access_token()

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client is killed at any moment.

The next start finds either the old or the new state, and nobody has to remove a file.
"""

import random
import subprocess
import sys
from pathlib import Path

from connection_client.domain.settings import ORGANISATION
from connection_client.storage.settings import SettingsFile
from connection_client.system.single_instance import SingleInstance

ROOT = Path(__file__).parents[2]
WRITING = """\
import sys
from pathlib import Path
from connection_client.domain.settings import ORGANISATION
from connection_client.storage.settings import SettingsFile
settings, number = SettingsFile(Path(sys.argv[1])), 0
while True:
    settings.set(ORGANISATION, f"Firm {number} " + "x" * 9000)
    number += 1
    print(number, flush=True)
"""
KILLS = 8
RUNNING = """\
import sys, time
from pathlib import Path
from connection_client.system.single_instance import SingleInstance
print(SingleInstance(Path(sys.argv[1])).claim([]), flush=True)
time.sleep(60)
"""


def killed(program: str, folder: Path, lines: int) -> int:
    """What the program said last before it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = ""
        for _ in range(lines):
            said = process.stdout.readline()
        process.kill()
        said = process.stdout.read().rpartition("\n")[0].rpartition("\n")[2] or said
    return int(said) if said.strip().isdigit() else int(said.strip() == "True")


def test_settings_are_the_old_or_the_new_ones(tmp_path: Path) -> None:
    for _ in range(KILLS):
        written = killed(WRITING, tmp_path, random.randint(1, 40))  # noqa: S311  # chance picks the moment
        said = SettingsFile(tmp_path).get(ORGANISATION)
        assert said.endswith("x" * 9000)
        assert int(said.split()[1]) in {written - 1, written}


def test_the_next_client_starts(tmp_path: Path) -> None:
    assert killed(RUNNING, tmp_path, 1) == 1
    after = SingleInstance(tmp_path)
    assert after.claim([])
    after.release()

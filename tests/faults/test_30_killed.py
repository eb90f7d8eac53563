# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client is killed at any moment.

The next start finds either the old or the new state, and nobody has to remove a file: settings, the running
client, downloads, installations, the list and the sign-in.

Also shown by tests/chaos/test_campaign.py::test_killed_at_random_moments_the_state_is_right_and_it_ends_well,
tests/updates/test_on_a_desktop.py::test_an_installation_that_has_begun_ends_although_the_client_was_killed,
tests/backend/downloads/test_parts.py::test_killed_at_any_moment_it_goes_on_from_what_was_written,
tests/backend/trust/test_line.py::test_an_attempt_that_was_killed_in_the_middle_harms_nothing,
tests/identity/test_renewal.py::test_killed_while_renewing_it_goes_on_or_asks_once and
tests/client/test_two_processes.py::test_it_ends_with_the_client_however_that_ends.
"""

import random
import subprocess
import sys
import time
from pathlib import Path

from connection_client.domain.settings import ORGANISATION
from connection_client.storage.settings import SettingsFile
from connection_client.system.single_instance import SingleInstance
from tests.faults.desks import FIRST_PAGE, client, looking
from tests.world.desktop import private_desktop
from tests.world.processes import family

ROOT = Path(__file__).parents[2]
WRITING = """\
import sys
import time
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


def test_after_the_plug_was_pulled_the_window_opens_as_ever(tmp_path: Path) -> None:
    """The real client with its second process, killed while it starts and while it runs."""
    with private_desktop(tmp_path / "desktop") as desktop, looking(desktop.environment) as screen:
        for moment in (0.1, 0.5, 1.5, None):
            with client(desktop.environment, tmp_path / "log") as process:
                if moment is None:
                    screen.wait_for(FIRST_PAGE, "text", seconds=60)
                else:
                    time.sleep(moment)
                for one in family(process.pid):
                    one.kill()
        with client(desktop.environment, tmp_path / "last.log"):
            screen.wait_for(FIRST_PAGE, "text", seconds=60)
            assert "Traceback" not in (tmp_path / "log").read_text()

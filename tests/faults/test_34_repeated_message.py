# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A message comes again with every start.

Shows it once, by its id, also after the program was started anew.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTING = """\
import sys
from pathlib import Path
from connection_client.storage.told import ToldFile
from connection_client.storage.update_locks import lock_beside
place = Path(sys.argv[1])
told = ToldFile(place, lock_beside(place))
new = told.new(sys.argv[2:])
told.keep(new)
print(" ".join(sorted(new)))
"""


def started(place: Path, *messages: str) -> list[str]:
    """What a program says that starts now and hears these messages."""
    words = [sys.executable, "-c", STARTING, str(place), *messages]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


def test_each_is_said_once(tmp_path: Path) -> None:
    place = tmp_path / "told.json"
    assert started(place, "message-1", "message-2") == ["message-1", "message-2"]
    assert started(place, "message-1", "message-2") == []
    assert started(place, "message-2", "message-3") == ["message-3"]
    place.write_text("{")  # a file that cannot be read is no reason to fall over
    assert started(place, "message-3") == ["message-3"]
    assert started(place, "message-3") == []

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Started applications inherit handles or the environment of a packed client.

Starts them detached: no open file, no variable of its own packing, a session of their own.
"""

import json
import os
import sys
from pathlib import Path

import pytest

from connection_client.domain.installed import LaunchTarget
from connection_client.system.linux_launch import LinuxPrograms
from tests.world.waiting import wait_until

REPORTING = """\
#!{python} -IS
import json, os
here = os.path.dirname(os.path.realpath(__file__))
report = {{
    "environment": dict(os.environ), "session": os.getsid(0), "process": os.getpid(),
    "files": [os.readlink("/proc/self/fd/" + name) for name in os.listdir("/proc/self/fd")
              if os.path.exists("/proc/self/fd/" + name)],
}}
with open(here + "/new", "w") as file:
    json.dump(report, file)
os.rename(here + "/new", here + "/report")
import time; time.sleep(1)
"""


def test_nothing_of_the_client_is_found_in_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "survey-viewer-ses"
    program.write_text(REPORTING.format(python=sys.executable))
    program.chmod(0o755)
    secret = tmp_path / "secret"
    secret.touch()
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/connection-client/lib")
    monkeypatch.setenv("PYTHONPATH", "/opt/connection-client")
    monkeypatch.setenv("LC_MARKER", "kept")
    with secret.open("rb") as held:
        os.set_inheritable(held.fileno(), True)  # noqa: FBT003  # the standard library's own signature
        LinuxPrograms(tmp_path / "logs").start("Survey Viewer SES", LaunchTarget((str(program),)), ())
        wait_until((tmp_path / "report").exists, 10, "the program did not start")
    report = json.loads((tmp_path / "report").read_text())
    assert not {"LD_LIBRARY_PATH", "PYTHONPATH"} & set(report["environment"])
    assert report["environment"]["LC_MARKER"] == "kept"
    assert str(secret) not in report["files"]
    assert report["session"] == report["process"]

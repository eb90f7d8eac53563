# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The application runs while its update is to be installed.

Names it and leaves it running; the update is possible as soon as it has ended.
"""

import subprocess

import pytest

from connection_client.domain.errors import ApplicationRunning
from connection_client.domain.recommendations import Blocker
from connection_client.domain.texts import explain
from tests.world.catalogues import only
from tests.world.delivered import installed
from tests.world.delivery import Delivery


def test_it_is_never_killed(updatable: Delivery) -> None:
    workspace = updatable.workspace()
    workspace.refresh()
    program = updatable.computer.root / "usr/bin/survey-viewer-ses"
    program.write_text("#!/bin/sh\necho up\nread line\n")
    # Seen in /proc, the program's name is the one that the package database gives it.
    command = ["/bin/bash", "-c", f"exec -a /usr/bin/survey-viewer-ses /bin/sh {program}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        row = only(workspace.look_again().rows)
        assert row.recommendation.blockers == (Blocker.APPLICATION_RUNNING,)
        with pytest.raises(ApplicationRunning) as caught:
            updatable.install(workspace)
        assert "Survey Viewer SES" in explain(caught.value)
        assert process.poll() is None
        assert installed(updatable) == "10.1.0.12"
        process.communicate(b"\n")
    assert updatable.install(workspace).after == "10.2.0.7"

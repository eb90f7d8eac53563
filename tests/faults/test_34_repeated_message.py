# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A message comes again with every start.

Shows it once, by its id, also after the program was started anew.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.faults.desks import ROOT, client, run
from tests.world.center import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, Center
from tests.world.desktop import private_desktop
from tests.world.form_browser import form_browser
from tests.world.notifications import NotificationServer, notification_server
from tests.world.waiting import wait_until

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


def test_a_client_tells_what_the_center_says_once_however_often_it_starts(
    tmp_path: Path, center: Center
) -> None:
    with private_desktop(tmp_path / "desktop") as desktop:
        browser = form_browser(tmp_path / "browser", ADMINISTRATOR, ADMINISTRATOR_PASSWORD)
        environment = {**desktop.environment, "BROWSER": str(browser)}
        run(environment, "settings", "set", "center_url", center.address)
        run(environment, "sign-in", ADMINISTRATOR)
        with notification_server(environment["DBUS_SESSION_BUS_ADDRESS"]) as server:
            center.manage("message", "add", "The Center is away on Friday.")
            assert told(environment, tmp_path / "first.log", server, 1) == ["The Center is away on Friday."]
            center.manage("message", "add", "The Center is back.", "--level", "warning")
            again = told(environment, tmp_path / "again.log", server, 2)
            assert again == ["The Center is away on Friday.", "The Center is back."]


def told(environment: Mapping[str, str], log: Path, server: NotificationServer, many: int) -> list[str]:
    """All that was told when a client that has just started had told so many messages."""

    def messages() -> list[str]:
        return [one.text for one in server.shown if "from CONNECT Center" in one.title]

    with client(environment, log, "--hidden"):
        wait_until(lambda: len(messages()) >= many, 90, "the message was not told")
    return messages()

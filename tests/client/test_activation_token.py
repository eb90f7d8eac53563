# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What Wayland gives to a second start, so that a window may come to the front, reaches the first one."""

from pathlib import Path
from queue import SimpleQueue

from connection_client.system.single_instance import SingleInstance
from tests.client.conftest import Start
from tests.world.desktop import Desktop


def test_a_second_start_hands_its_token_over(desktop: Desktop, start_client: Start) -> None:
    runtime = Path(desktop.environment["XDG_RUNTIME_DIR"]) / "connection-client"
    runtime.mkdir(mode=0o700, exist_ok=True)
    first, heard = SingleInstance(runtime), SimpleQueue[tuple[str, ...]]()
    assert first.claim([])
    try:
        first.listen(heard.put)
        second = start_client({**desktop.environment, "XDG_ACTIVATION_TOKEN": "surface-7"}, "--hidden")
        assert second.wait(timeout=20) == 0
        assert heard.get(timeout=10) == ("--hidden", "--activation-token=surface-7")
        third = start_client(desktop.environment)
        assert third.wait(timeout=20) == 0
        assert heard.get(timeout=10) == ()
    finally:
        first.release()

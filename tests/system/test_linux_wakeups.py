# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Words of logind and NetworkManager on a real bus: each that matters is heard once, others are not."""

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.system.linux_wakeups import Wakeups
from tests.world.session import PrivateSession, private_session
from tests.world.waiting import wait_until

LOGIN = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager.PrepareForSleep")
NETWORK = ("/org/freedesktop/NetworkManager", "org.freedesktop.NetworkManager.StateChanged")


@pytest.fixture
def system_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSession]:
    with private_session(tmp_path, key_store=False) as session:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", session.environment["DBUS_SESSION_BUS_ADDRESS"])
        yield session


def tell(session: PrivateSession, signal: tuple[str, str], value: str) -> None:
    command = ["dbus-send", "--session", "--type=signal", *signal, value]
    subprocess.run(command, env=dict(session.environment), check=True)


def test_waking_up_and_coming_online_are_heard(system_bus: PrivateSession) -> None:
    heard = threading.Semaphore(0)
    wakeups = Wakeups()
    leave = wakeups.subscribe(heard.release)

    def heard_one() -> bool:
        tell(system_bus, LOGIN, "boolean:false")  # said again until the thread listens
        return heard.acquire(timeout=0.1)

    wait_until(heard_one, 10, "nobody listens on the bus")
    while heard.acquire(timeout=0.3):
        pass  # what was said more than once
    for signal, value in ((LOGIN, "boolean:true"), (NETWORK, "uint32:20"), (NETWORK, "uint32:40")):
        tell(system_bus, signal, value)  # going to sleep, offline, connecting
    tell(system_bus, NETWORK, "uint32:70")
    assert heard.acquire(timeout=5)
    assert not heard.acquire(timeout=0.3)

    leave()
    leave()
    tell(system_bus, NETWORK, "uint32:70")
    assert not heard.acquire(timeout=0.3)
    wakeups.close()
    wait_until(lambda: not threads(), 5, "the thread goes on after the end")


def test_a_computer_without_such_a_bus_goes_on_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    wakeups = Wakeups()
    wakeups.subscribe(lambda: None)
    wait_until(lambda: not threads(), 5, "the thread waits for a bus that is not there")
    wakeups.close()


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "wakeups"]

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A metered network and an emptying battery, as the two services say it on a bus of the test's own."""

import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from jeepney import HeaderFields, MessageType, message_bus, new_error, new_method_return
from jeepney.io.blocking import open_dbus_connection

from connection_client.system.linux_surroundings import surroundings
from connection_client.updates.context import Surroundings

NETWORK, POWER = "org.freedesktop.NetworkManager", "org.freedesktop.UPower"


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    address = f"unix:path={tmp_path}/bus"
    command = ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as daemon:
        assert daemon.stdout is not None
        assert daemon.stdout.readline()
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address
        daemon.terminate()


@contextmanager
def services(bus: str, properties: Mapping[tuple[str, str], tuple[str, object]]) -> Iterator[None]:
    """Answers `Get` for these properties, as the real services do."""
    over = threading.Event()
    with open_dbus_connection(bus=bus) as connection:
        for name in {name for name, _ in properties}:
            connection.send_and_get_reply(message_bus.RequestName(name))

        def serve() -> None:
            while not over.is_set():
                try:
                    message = connection.receive(timeout=0.05)
                except TimeoutError:
                    continue
                if message.header.message_type is not MessageType.method_call:
                    continue
                if message.header.fields.get(HeaderFields.member) == "Get" and message.body in properties:
                    connection.send(new_method_return(message, "v", (properties[message.body],)))
                else:
                    connection.send(new_error(message, "org.freedesktop.DBus.Error.InvalidArgs"))

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


@pytest.mark.parametrize(("said", "metered"), [(0, False), (1, True), (2, False), (3, True), (4, False)])
def test_a_metered_network_is_noticed(bus: str, said: int, metered: bool) -> None:  # noqa: FBT001
    with services(bus, {(NETWORK, "Metered"): ("u", said)}):
        assert surroundings() == Surroundings(metered=metered)


def test_a_battery_that_empties_is_noticed(bus: str) -> None:
    with services(bus, {(POWER, "OnBattery"): ("b", True)}):
        assert surroundings() == Surroundings(on_battery=True)


def test_services_that_refuse_hold_nothing_back(bus: str) -> None:
    with services(bus, {(NETWORK, "Other"): ("u", 1), (POWER, "Other"): ("b", True)}):
        assert surroundings() == Surroundings()


def test_without_services_or_bus_nothing_is_held_back(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert surroundings() == Surroundings()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus")
    assert surroundings() == Surroundings()

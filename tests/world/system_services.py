# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A system's bus of the test's own, and services on it that answer what the real ones would."""

import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from jeepney import HeaderFields, MessageType, message_bus, new_error, new_method_return
from jeepney.io.blocking import open_dbus_connection

NETWORK, POWER = "org.freedesktop.NetworkManager", "org.freedesktop.UPower"


@contextmanager
def system_bus(folder: Path) -> Iterator[str]:
    """The address of an empty bus, for DBUS_SYSTEM_BUS_ADDRESS."""
    address = f"unix:path={folder}/bus"
    command = ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as daemon:
        try:
            assert daemon.stdout is not None
            assert daemon.stdout.readline()
            yield address
        finally:
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

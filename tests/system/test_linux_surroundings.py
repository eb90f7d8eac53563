# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A metered network and an emptying battery, as the two services say it on a bus of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connection_client.system.linux_surroundings import surroundings
from connection_client.updates.context import Surroundings
from tests.world.system_services import NETWORK, POWER, services, system_bus


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with system_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address


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

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The name of this computer: stable, and nothing can be told from it."""

from pathlib import Path

import pytest

from connection_client.system.device import device_name, hardware_id


def test_the_same_computer_keeps_its_name_and_another_has_another(tmp_path: Path) -> None:
    file = tmp_path / "machine-id"
    file.write_text("0123456789abcdef0123456789abcdef\n")
    name = device_name(file)
    assert device_name(file) == name
    assert len(name) == 32
    assert "0123456789abcdef" not in name
    file.write_text("f123456789abcdef0123456789abcdef\n")
    assert device_name(file) != name


@pytest.mark.parametrize("content", [None, "", "uninitialized\n"])
def test_a_computer_without_an_id_has_no_name(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "machine-id").write_text(content)
    assert device_name(tmp_path / "machine-id") == ""


SAID_BY_A_MAC = """\
+-o J314sAP  <class IOPlatformExpertDevice, id 0x10000021f, registered, matched, active, busy 0, retain 37>
    {
      "IOPolledInterface" = "AppleARMWatchdogTimerHibernateHandler is not serializable"
      "IOPlatformUUID" = "0E984725-C51C-4BF4-9960-E1C80E27ABA0"
      "serial-number" = <4300>
    }
"""


@pytest.mark.parametrize(
    ("said", "expected"),
    [(SAID_BY_A_MAC, "0E984725-C51C-4BF4-9960-E1C80E27ABA0"), ('"IOPlatformUUID" = "?"\n', ""), ("", "")],
)
def test_a_mac_is_known_by_what_its_hardware_says(tmp_path: Path, said: str, expected: str) -> None:
    (tmp_path / "said").write_text(said)
    tool = tmp_path / "ioreg"
    tool.write_text(f"#!/bin/sh\ncat {tmp_path}/said\n")
    tool.chmod(0o755)
    assert hardware_id(str(tool)) == expected
    assert hardware_id(str(tmp_path / "no tool")) == ""

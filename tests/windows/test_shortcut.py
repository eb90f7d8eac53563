# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A shortcut that Windows itself writes is what the client reads of others."""

import ctypes
import sys
from pathlib import Path

import pytest

from connection_client.system.shell_link import read_shell_link
from connection_client.system.windows_folders import KnownFolder, known_folder
from connection_client.system.windows_shortcut import APP_ID, take_identity, write_shortcut
from connection_client.system.windows_start_menu import arguments_of
from tests.windows.world import UNDER_WINE

assert sys.platform == "win32"  # tells the type checker so, too


def test_a_shortcut_leads_to_its_program(tmp_path: Path) -> None:
    path = tmp_path / "CONNECTION Client, Grüße.lnk"
    write_shortcut(path, Path(sys.executable), '--hidden "C:\\a b"', "Sign in, update, start")
    link = read_shell_link(path)
    assert link is not None
    assert link.target.casefold() == sys.executable.casefold()
    assert arguments_of(link.arguments) == ("--hidden", r"C:\a b")


@pytest.mark.skipif(UNDER_WINE, reason="Wine 8 takes the properties of a shortcut and does not write them")
def test_a_shortcut_carries_the_identity_of_the_client(tmp_path: Path) -> None:
    write_shortcut(tmp_path / "client.lnk", Path(sys.executable))
    assert APP_ID.encode("utf-16-le") in (tmp_path / "client.lnk").read_bytes()


@pytest.mark.skipif(UNDER_WINE, reason="Wine 8 does not tell the identity of a process")
def test_a_process_takes_the_identity() -> None:
    take_identity("ConnectionClient.Tests")
    told = ctypes.c_wchar_p()
    shell = ctypes.OleDLL("shell32")
    shell.GetCurrentProcessExplicitAppUserModelID(ctypes.byref(told))
    assert told.value == "ConnectionClient.Tests"
    ctypes.WinDLL("ole32").CoTaskMemFree(told)


def test_where_no_file_can_be_written_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        write_shortcut(tmp_path / "missing" / "x.lnk", Path(sys.executable))


def test_windows_knows_its_folders() -> None:
    menu, system = known_folder(KnownFolder.PROGRAMS), known_folder(KnownFolder.SYSTEM)
    assert menu is not None
    assert menu.name == "Programs"
    assert system is not None
    assert (system / "msiexec.exe").exists()

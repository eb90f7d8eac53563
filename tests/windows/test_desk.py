# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client at home on Windows: starts programs, starts with the session, keeps secrets."""

import os
import shutil
import subprocess
import sys
import winreg
from collections.abc import Iterator
from pathlib import Path

import pytest
from win32ctypes.pywin32 import pywintypes, win32cred  # type: ignore[import-not-found]  # only on Windows

from connection_client.domain.installed import InstalledProduct, LaunchTarget
from connection_client.domain.launch_errors import (
    ApplicationExited,
    ApplicationForOtherComputer,
    ApplicationMissing,
)
from connection_client.storage.key_store import KeyStore
from connection_client.system.windows_autostart import WindowsAutostart
from connection_client.system.windows_folders import KnownFolder, known_folder
from connection_client.system.windows_launch import WindowsPrograms
from connection_client.system.windows_processes import WindowsProcesses, program_of
from tests.windows.world import FOR_ONE, value_of
from tests.world.waiting import wait_until

assert sys.platform == "win32"  # tells the type checker so, too

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
LARGEST = 2560  # bytes, CRED_MAX_CREDENTIAL_BLOB_SIZE
TELL = (
    "import os, sys; words = [os.getcwd(), *sys.argv[2:], *sorted(os.environ)]\n"
    "open(sys.argv[1], 'w').write('|'.join(words))"
)


def python(*words: str) -> LaunchTarget:
    return LaunchTarget((sys.executable, *words))


def test_a_program_gets_its_files_and_nothing_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "ours")
    monkeypatch.setenv("QT_PLUGIN_PATH", "ours")
    told, document = tmp_path / "told.txt", tmp_path / "a document, 1 & 2 %PATH%.csv"
    target = python("-c", TELL, str(told))
    WindowsPrograms(tmp_path / "logs").start("Viewer", target, (document,))
    folder, file, *names = wait_until(told.read_text, 5, "it did not start").split("|")
    assert file == str(document)
    assert folder == str(Path(sys.executable).parent)
    assert not {"PYTHONSTARTUP", "QT_PLUGIN_PATH"} & {name.upper() for name in names}
    assert "SYSTEMROOT" in {name.upper() for name in names}


def test_a_program_that_ends_at_once_says_why(tmp_path: Path) -> None:
    target = python("-c", "import sys; print('the licence file is missing'); sys.exit(7)")
    with pytest.raises(ApplicationExited) as exited:
        WindowsPrograms(tmp_path).start("Viewer", target, ())
    assert exited.value.facts["exit_code"] == 7
    assert exited.value.facts["output"] == "the licence file is missing"


@pytest.mark.parametrize("program", [r"C:\nowhere\viewer.exe", "python.exe"])
def test_a_program_that_is_not_there_is_missing(program: str, tmp_path: Path) -> None:
    with pytest.raises(ApplicationMissing):
        WindowsPrograms(tmp_path).start("Viewer", LaunchTarget((program,)), ())


def test_a_program_for_another_computer_says_so(tmp_path: Path) -> None:
    program = tmp_path / "viewer.exe"
    program.write_bytes(b"this is no program")
    with pytest.raises(ApplicationForOtherComputer):
        WindowsPrograms(tmp_path).start("Viewer", LaunchTarget((str(program),)), ())


def test_the_window_of_a_running_application_comes_up() -> None:
    notepad = known_folder(KnownFolder.SYSTEM)
    assert notepad is not None
    program = str(notepad / "notepad.exe")
    viewer = InstalledProduct("viewer", None, "1", (), LaunchTarget((program,)))
    processes = WindowsProcesses()
    assert not processes.bring_to_front(viewer)
    with subprocess.Popen([program]) as running:
        try:
            wait_until(lambda: processes.bring_to_front(viewer), 20, "its window did not come up")
            assert processes.running([viewer]) == {"viewer"}
        finally:
            running.kill()
    assert not processes.bring_to_front(viewer)


def test_a_running_application_is_named_by_its_window_and_closes_when_asked() -> None:
    system = known_folder(KnownFolder.SYSTEM)
    assert system is not None
    program = str(system / "notepad.exe")
    viewer = InstalledProduct("viewer", None, "1", (), LaunchTarget((program,)))
    processes = WindowsProcesses()
    assert (processes.titles(viewer), processes.ask_to_close(viewer)) == ((), False)
    with subprocess.Popen([program]) as running:
        try:
            wait_until(lambda: processes.titles(viewer), 20, "its window did not come up")
            assert "Notepad" in processes.titles(viewer)[0]
            assert processes.ask_to_close(viewer)
            assert running.wait(20) == 0
        finally:
            running.kill()


def test_a_part_that_runs_beside_the_program_holds_its_files(tmp_path: Path) -> None:
    """What the publisher names counts where the product lies, and nowhere else."""
    folder, elsewhere = tmp_path / "Viewer", tmp_path / "Viewer Next"
    cmd = known_folder(KnownFolder.SYSTEM)
    assert cmd is not None
    for place in (folder / "Parts", elsewhere):
        place.mkdir(parents=True)
        shutil.copy(cmd / "cmd.exe", place / "indexer.exe")
    started = LaunchTarget((str(folder / "viewer.exe"),))
    viewer = InstalledProduct("viewer", None, "1", (), started, ("viewer.exe", "Indexer.exe"))
    alone = InstalledProduct("viewer", None, "1", (), started)
    processes = WindowsProcesses()
    for place, seen in ((folder / "Parts", {"viewer"}), (elsewhere, set())):
        with subprocess.Popen([place / "indexer.exe"], stdin=subprocess.PIPE) as part:
            try:
                wait_until(lambda: program_of(part.pid) != "", 20, "it did not start")
                assert processes.running([viewer]) == seen
                assert processes.running([alone]) == frozenset()
            finally:
                part.kill()


def test_a_running_application_is_seen_and_left_alone() -> None:
    here = InstalledProduct("here", None, "1", (), LaunchTarget((sys.executable.upper(),)))
    away = InstalledProduct("away", None, "1", (), LaunchTarget((r"C:\nowhere\viewer.exe",)))
    own = InstalledProduct("connection-client", None, "1", (), LaunchTarget((sys.executable,)))
    assert WindowsProcesses().running([here, away, own]) == {"here"}


@pytest.fixture
def autostart() -> Iterator[WindowsAutostart]:
    yield (entry := WindowsAutostart([r"C:\Program Files\CONNECTION Client\client.exe", "--hidden"], "Test"))
    entry.disable()


def test_starting_with_the_session_is_a_value_of_the_run_key(autostart: WindowsAutostart) -> None:
    assert not autostart.is_enabled()
    autostart.enable()
    assert autostart.is_enabled()
    assert value_of(FOR_ONE, RUN, "Test") == r'"C:\Program Files\CONNECTION Client\client.exe" --hidden'
    autostart.disable()
    autostart.disable()
    assert value_of(FOR_ONE, RUN, "Test") is None


@pytest.mark.parametrize(("first", "expected"), [(2, "on"), (3, "off"), (6, "on"), (7, "off")])
def test_what_the_task_manager_says_counts(first: int, expected: str, autostart: WindowsAutostart) -> None:
    autostart.enable()
    with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, APPROVED, 0, winreg.KEY_ALL_ACCESS) as key:
        winreg.SetValueEx(key, "Test", 0, winreg.REG_BINARY, bytes([first]) + bytes(11))
        assert autostart.is_enabled() is (expected == "on")
        winreg.DeleteValue(key, "Test")


def test_the_credential_manager_keeps_a_secret_for_the_next_process() -> None:
    store = KeyStore()
    secret = "ö" + "r" * 1000
    store.set("session", secret)
    try:
        program = (
            "from connection_client.storage.key_store import KeyStore as K\n"
            "import sys; sys.stdout.buffer.write(K().get('session').encode())"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, timeout=60)
        assert done.stdout.decode() == secret, done.stderr
    finally:
        store.delete("session")
    assert store.get("session") is None


def credentials() -> list[dict[str, bytes]]:
    """Every credential of ours, as Windows keeps it."""
    try:
        return [dict(credential) for credential in win32cred.CredEnumerate(None, 0)]
    except pywintypes.error:  # there are none at all
        return []


@pytest.mark.parametrize("length", [1280, 5000])
def test_a_secret_longer_than_windows_keeps_in_one_piece(length: int) -> None:
    store = KeyStore()
    secret = os.urandom(length).hex()[:length]
    store.set("long", secret)
    assert store.get("long") == secret
    assert max(len(credential["CredentialBlob"]) for credential in credentials()) <= LARGEST
    store.set("long", "short")
    assert store.get("long") == "short"
    store.delete("long")
    assert store.get("long") is None
    assert not any(b"long" in str(credential).encode() for credential in credentials())

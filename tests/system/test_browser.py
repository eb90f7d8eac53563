# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Opening the browser, with programs that write down how they were started."""

import os
import sys
from pathlib import Path

import pytest

from connection_client.system.browser import clean_environment, open_in_browser
from tests.world.waiting import wait_until

ADDRESS = "https://center.example/authorize?state=a%20b&x=$(touch${IFS}/tmp/never);y"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A session with neither display nor browser."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return tmp_path


def program(folder: Path, name: str, then: str = "") -> Path:
    """A browser that writes its arguments and its session to a file."""
    path = folder / "bin" / name
    path.write_text(
        f"#!{sys.executable}\nimport os, sys, time\n"
        f"part = open({str(folder / 'part')!r}, 'w')\n"
        "print(*sys.argv[1:], os.getsid(0) == os.getpid(), sep='\\n', file=part)\npart.close()\n"
        f"os.replace({str(folder / 'part')!r}, {str(folder / 'started')!r})\n{then}\n"
    )
    path.chmod(0o755)
    return path


def test_the_persons_choice_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", f"missing-browser{os.pathsep}{program(bare, 'mine')} --new-window %s")
    assert open_in_browser(ADDRESS)
    assert (bare / "started").read_text().splitlines() == ["--new-window", ADDRESS, "True"]


def test_the_systems_opener_needs_a_display(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "xdg-open")
    assert not open_in_browser(ADDRESS)
    monkeypatch.setenv("DISPLAY", ":99")
    assert open_in_browser(ADDRESS)
    assert (bare / "started").read_text().splitlines() == [ADDRESS, "True"]


def test_a_browser_that_stays_is_not_waited_for(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "slow", "time.sleep(4)")
    monkeypatch.setenv("BROWSER", "slow")
    assert open_in_browser(ADDRESS)
    wait_until((bare / "started").exists, 5, "the browser did not start")


def test_one_that_fails_is_told_and_the_next_is_tried(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "broken", "sys.exit(3)")
    monkeypatch.setenv("BROWSER", "broken")
    assert not open_in_browser(ADDRESS)
    program(bare, "works")
    monkeypatch.setenv("BROWSER", f"broken{os.pathsep}works")
    assert open_in_browser(ADDRESS)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:1", "-help", "", "https://a/ b"])
def test_only_web_addresses_are_opened(bare: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("BROWSER", str(program(bare, "mine")))
    assert not open_in_browser(address)
    assert not (bare / "started").exists()


def test_a_packed_program_hands_on_what_was_there_before(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"LD_LIBRARY_PATH": "/ours", "LD_LIBRARY_PATH_ORIG": "/theirs", "HOME": "/home/a"}
    assert clean_environment(environment) == environment
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    cleaned = clean_environment({**environment, "QT_PLUGIN_PATH": "/ours"})
    assert (cleaned["LD_LIBRARY_PATH"], cleaned["HOME"]) == ("/theirs", "/home/a")
    assert "QT_PLUGIN_PATH" not in cleaned

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which version is started, and what is remembered of it."""

import threading
from pathlib import Path

import pytest

from connection_client.domain.installed import InstalledProduct, LaunchTarget
from connection_client.domain.launch_errors import ApplicationMissing
from connection_client.domain.versions import Version
from connection_client.launch.choice import choose
from connection_client.launch.launcher import Launcher
from connection_client.storage.launches import LaunchFile
from connection_client.storage.update_locks import lock_beside
from connection_client.system.linux_launch import LinuxPrograms
from connection_client.workspace.starting import Starting
from connection_client.workspace.view import Row, View
from tests.launch.conftest import Desk
from tests.world.signing_center import PRODUCT


def version(text: str, program: Path | None = None, *, startable: bool = True) -> InstalledProduct:
    target = LaunchTarget((str(program or "/usr/bin/true"),)) if startable else None
    return InstalledProduct(PRODUCT, Version.parse(text), text, (), target)


OLD, NEW, ODD = version("10.1.0.12"), version("10.2.0.7"), version("CONNECT Edition")


@pytest.mark.parametrize(
    ("last_used", "wanted", "chosen"),
    [
        ("", "", NEW),
        ("10.1.0.12", "", OLD),
        ("9.9", "", NEW),
        ("10.1.0.12", "10.2.0.7", NEW),
        ("", "10.01.0.12", OLD),
        ("", "CONNECT Edition", ODD),
        ("10.1.0.12", "11", None),
    ],
)
def test_the_last_used_comes_before_the_newest(
    last_used: str, wanted: str, chosen: InstalledProduct | None
) -> None:
    assert choose((OLD, ODD, NEW), last_used, wanted) == chosen
    assert choose((NEW, OLD, ODD), last_used, wanted) == chosen


def test_what_cannot_be_started_is_not_chosen() -> None:
    assert choose((version("11", startable=False), OLD), "11") == OLD
    assert choose((), "") is None
    assert choose((ODD,), "") == ODD


@pytest.fixture
def log(tmp_path: Path) -> LaunchFile:
    return LaunchFile(tmp_path / "launches.json", lock_beside(tmp_path / "launches.json"))


def program(folder: Path, name: str) -> Path:
    made = folder / name
    made.write_text(f"#!/bin/sh\necho {name} >>{folder}/started\n")
    made.chmod(0o755)
    return made


def test_a_start_is_remembered_for_the_next_one(desk: Desk, log: LaunchFile, tmp_path: Path) -> None:
    old, new = version("10.1", program(tmp_path, "old")), version("10.2", program(tmp_path, "new"))
    view = View((Row(PRODUCT, "Survey Viewer SES", old), Row(PRODUCT, "Survey Viewer SES", new)))
    launcher = Launcher(desk.restart(), LinuxPrograms(tmp_path / "logs"), lambda: desk.state)
    starting = Starting(lambda: view, launcher, log)
    starting(PRODUCT)
    starting(PRODUCT, version="10.1")
    starting(PRODUCT)
    assert (tmp_path / "started").read_text().split() == ["new", "old", "old"]
    assert starting.recent() == (PRODUCT,)
    with pytest.raises(ApplicationMissing) as problem:
        starting(PRODUCT, version="9")
    assert problem.value.facts["name"] == "Survey Viewer SES 9"
    with pytest.raises(ApplicationMissing):
        starting("moon-viewer")


def test_the_order_is_that_of_use(log: LaunchFile) -> None:
    for product in ("a", "b", "a", *(f"many-{number}" for number in range(60)), "b"):
        log.started(product, "1")
    assert log.recent()[:2] == ("b", "many-59")
    assert len(log.recent()) == 50
    assert log.last_version("b") == "1"
    assert log.last_version("a") == ""


@pytest.mark.parametrize("content", ["", "[", "{}", "[1]", '[["a"]]', '[["a", 1]]'])
def test_a_broken_memory_is_none(tmp_path: Path, log: LaunchFile, content: str) -> None:
    (tmp_path / "launches.json").write_text(content)
    assert log.recent() == ()
    log.started("a", "1")
    assert log.recent() == ("a",)


def test_two_at_once_lose_nothing(log: LaunchFile) -> None:
    threads = [threading.Thread(target=log.started, args=(f"p{number}", "1")) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(log.recent()) == 8

# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Running applications of a Mac, as its `ps` shows them, and how they are asked to quit."""

from pathlib import Path

import pytest

from connection_client.domain.installed import OWN_PRODUCT, Evidence, InstalledProduct, LaunchTarget
from connection_client.system.macos_processes import MacProcesses
from tests.world.macintosh import IDENTIFIER, calls, make_bundle, make_tool


class Running:
    """A Mac on which some programs run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.tools = folder, folder / "tools"
        self.processes = MacProcesses(f"{self.tools}:/usr/bin:/bin")
        make_tool(self.tools, "open", "exit 0")
        make_tool(self.tools, "osascript", "echo asked")
        self.runs()

    def runs(self, *programs: Path) -> None:
        lines = "\n".join(map(str, ("/sbin/launchd", *programs, "/usr/libexec/a b")))
        make_tool(self.tools, "ps", f"cat <<'END'\n{lines}\nEND")

    def product(self, name: str = "Survey Viewer", product_id: str = "survey-viewer") -> InstalledProduct:
        bundle = self.folder / f"{name}.app"
        if not bundle.exists():
            make_bundle(self.folder, name, "10.2")
        start = LaunchTarget((str(bundle / "Contents/MacOS/viewer"),))
        return InstalledProduct(product_id, None, "10.2", (Evidence("bundle", str(bundle)),), start)

    def inside(self, name: str = "Survey Viewer", what: str = "MacOS/viewer") -> Path:
        return self.folder / f"{name}.app/Contents" / what


@pytest.fixture
def mac(tmp_path: Path) -> Running:
    return Running(tmp_path)


def test_what_runs_out_of_a_bundle_is_that_application(mac: Running) -> None:
    product, other = mac.product(), mac.product("Survey Viewer 2", "other")
    assert mac.processes.running([product, other]) == frozenset()

    mac.runs(mac.inside())
    assert mac.processes.running([product, other]) == {"survey-viewer"}
    assert calls(mac.tools, "ps")[-1] == ["-axww", "-o", "comm="]

    mac.runs(mac.inside("Survey Viewer 2", "Frameworks/Helper.app/Contents/MacOS/helper"))
    assert mac.processes.running([product, other]) == {"other"}

    mac.runs(mac.folder / "Survey Viewer.app.txt", mac.folder / "Survey Viewer.application/Contents/x")
    assert mac.processes.running([product, other]) == frozenset()


def test_a_bundle_behind_a_link_is_seen_where_it_really_is(mac: Running) -> None:
    product = mac.product()
    link = mac.folder / "Link.app"
    link.symlink_to(mac.folder / "Survey Viewer.app")
    linked = InstalledProduct("linked", None, "1", (Evidence("bundle", str(link)),))
    mac.runs(mac.inside())

    assert mac.processes.running([product, linked]) == {"survey-viewer", "linked"}


def test_a_program_without_a_bundle_counts_by_its_path(mac: Running) -> None:
    plain = InstalledProduct("plain", None, "1", (), LaunchTarget(("/usr/local/bin/plain",)))
    nothing = InstalledProduct("nothing", None, "1", (Evidence("receipt", "x"),))
    mac.runs(Path("/usr/local/bin/plain"))

    assert mac.processes.running([plain, nothing]) == {"plain"}


def test_the_client_itself_is_never_in_the_way(mac: Running) -> None:
    mac.runs(mac.inside())

    assert mac.processes.running([mac.product(product_id=OWN_PRODUCT)]) == frozenset()


def test_one_that_runs_is_shown_and_one_that_does_not_is_not_started(mac: Running) -> None:
    product = mac.product()
    assert not mac.processes.bring_to_front(product)
    assert calls(mac.tools, "open") == []

    mac.runs(mac.inside())
    assert mac.processes.bring_to_front(product)
    assert calls(mac.tools, "open") == [["-a", str(mac.folder / "Survey Viewer.app")]]

    make_tool(mac.tools, "open", "exit 1")
    assert not mac.processes.bring_to_front(product)


def test_it_is_asked_to_quit_by_its_identifier_which_is_no_part_of_the_script(mac: Running) -> None:
    product = mac.product()
    assert not mac.processes.ask_to_close(product)
    assert calls(mac.tools, "osascript") == []

    mac.runs(mac.inside())
    assert mac.processes.ask_to_close(product)

    (words,) = calls(mac.tools, "osascript")
    assert words[-2:] == ["--", IDENTIFIER]
    assert words[::2] == ["-e"] * 8 + ["--"]
    assert "tell application id wanted to quit" in words
    assert words.index("ignoring application responses") < words.index("tell application id wanted to quit")


def test_a_mac_that_does_not_allow_to_ask_is_told_apart(mac: Running) -> None:
    mac.product()
    mac.runs(mac.inside())
    make_tool(mac.tools, "osascript", 'echo "Not authorized to send Apple events (-1743)" >&2; exit 1')

    assert not mac.processes.ask_to_close(mac.product())
    assert mac.processes.titles(mac.product()) == ()


def test_without_the_systems_programs_nothing_is_known(tmp_path: Path) -> None:
    processes = MacProcesses(str(tmp_path))
    product = Running(tmp_path / "mac").product()

    assert processes.running([product]) == frozenset()
    assert not processes.ask_to_close(product)
    assert not processes.bring_to_front(product)
